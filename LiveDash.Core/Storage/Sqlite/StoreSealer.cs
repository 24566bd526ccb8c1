namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Moves points from memory (and the log) into columnar blocks, in one transaction with the deletion of their log rows. A series' newest blocks
/// are merged into the new one while they are not full and not more than twice as large: as in a log-structured merge tree, a point is rewritten at
/// most about log2(4096) times, and a slow series ends in few blocks. Encoding runs beside the writer, which only stores the bytes.
/// Used by one keeper at a time.
/// </summary>
internal sealed class StoreSealer(StoreParts parts, StoreWriter writer, BlockSource blocks)
{
    private readonly BlobWriter _bodies = new();
    private readonly BlobWriter _body = new();
    private readonly BlobWriter _scratch = new();
    private long _lastBlock = parts.Index.SnapshotBlocks().SelectMany(static s => s.Blocks).Select(static b => b.Id).DefaultIfEmpty().Max();

    /// <summary>Seals all that is in memory now.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing changed.</exception>
    public async Task SealAsync()
    {
        var heads = parts.Index.SnapshotHeads(out var lastId);
        if (heads.Count == 0) return;
        _bodies.Clear();
        var changes = new List<SealedSeries>(heads.Count);
        foreach (var head in heads) changes.Add(Encode(head));
        await writer.ChangeAsync(
            new TransactionWork(
                connection => Write(connection, changes, lastId),
                () =>
                {
                    parts.Index.Replace(changes);
                    parts.Guard.Sealed(heads);
                },
                TransactionKind.Moves)
            {
                // The blocks, and about as much again for the pages of the log that become free.
                Bytes = 2L * _bodies.Length,
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Writes the blocks that hold some points anew, with other values; all points are sealed.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing changed.</exception>
    public async Task ReplaceAsync(IReadOnlyList<PointChange> changes)
    {
        _bodies.Clear();
        var rewritten = new List<(int Series, BlockHeader Old, BlockHeader New)>();
        foreach (var group in changes.GroupBy(static change => change.Series))
        {
            var wanted = new Dictionary<long, PointChange>();
            foreach (var change in group) wanted[change.Id] = change;
            foreach (var snapshot in parts.Index.Snapshot([group.Key], out _))
            {
                foreach (var block in snapshot.Blocks)
                {
                    if (group.Any(change => block.MinTime <= change.Ticks && change.Ticks <= block.MaxTime) && TryRewrite(block, wanted) is { } made) rewritten.Add((group.Key, block, made));
                }
            }
        }

        if (rewritten.Count == 0) return;
        await writer.ChangeAsync(
            new TransactionWork(
                connection =>
                {
                    BlockTable.Delete(connection, rewritten.Select(static one => one.Old));
                    var at = 0;
                    WriteBlocks(connection, rewritten.Select(static one => (one.Series, one.New)), ref at);
                },
                () => parts.Index.Rewrite(rewritten),
                TransactionKind.Adds)
            {
                Bytes = 2L * _bodies.Length,
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private BlockHeader? TryRewrite(BlockHeader block, Dictionary<long, PointChange> wanted)
    {
        var points = new PointColumns(block.Points);
        if (!blocks.TryReadAll(block, points)) return null;
        var view = points.View;
        var changed = new PointColumns(block.Points);
        var hits = 0;
        for (var i = 0; i < view.Count; i++)
        {
            var hit = wanted.TryGetValue(view.Ids[i], out var change) && change.Ticks == view.Times[i];
            if (hit) hits++;
            changed.Add(
                view.Times[i], view.Ids[i], hit ? change.Value : view.Values[i],
                hit ? change.X : view.X is null ? double.NaN : view.X[i], hit ? change.Y : view.Y is null ? double.NaN : view.Y[i],
                view.Senders is null ? 0 : view.Senders[i]);
        }

        if (hits == 0) return null;
        var header = BlockCodec.Encode(changed.View with { Sorted = true }, 0, view.Count, _body, _scratch);
        _bodies.Raw(_body.Written);
        return header with { Id = ++_lastBlock };
    }

    private SealedSeries Encode(SeriesSnapshot series)
    {
        var head = series.Head!.Value;
        var (merged, points) = Gather(series, head);
        var view = points.ToSorted();
        var made = new List<BlockHeader>();
        for (var start = 0; start < view.Count; start += BlockCodec.MaxPoints)
        {
            var header = BlockCodec.Encode(view, start, Math.Min(BlockCodec.MaxPoints, view.Count - start), _body, _scratch);
            _bodies.Raw(_body.Written);
            made.Add(header with { Id = ++_lastBlock });
        }

        return new SealedSeries(series.Series, head.Count, merged, made);
    }

    private (List<BlockHeader> Merged, PointView Points) Gather(SeriesSnapshot series, PointView head)
    {
        var merged = new List<BlockHeader>();
        var total = head.Count;
        for (var i = series.Blocks.Length - 1; i >= 0; i--)
        {
            var block = series.Blocks[i];
            if (block.Points >= BlockCodec.MaxPoints || block.Points > 2 * total) break;
            merged.Insert(0, block);
            total += block.Points;
        }

        var points = new PointColumns(total);
        if (merged.Count == 0 || !merged.TrueForAll(block => blocks.TryReadAll(block, points))) return ([], head);
        points.Add(head);
        return (merged, points.View);
    }

    private void Write(SqliteConnection connection, List<SealedSeries> changes, long lastId)
    {
        // First, so that the pages of the log take the blocks: sealing works on a full disk, too.
        connection.Execute($"DELETE FROM log WHERE id <= {lastId}; INSERT OR REPLACE INTO state (key, value) VALUES ('last_id', {lastId})");
        var at = 0;
        foreach (var change in changes) BlockTable.Delete(connection, change.Merged);
        WriteBlocks(connection, changes.SelectMany(static change => change.Blocks.Select(block => (change.Series, block))), ref at);
    }

    private void WriteBlocks(SqliteConnection connection, IEnumerable<(int Series, BlockHeader Block)> made, ref int at)
    {
        using var header = connection.Prepare(
            "INSERT INTO block (id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
        using var body = connection.Prepare("INSERT INTO body (id, bytes) VALUES (?, ?)");
        foreach (var (series, block) in made)
        {
            BlockTable.Insert(header, series, block);
            body.Bind(1, block.Id).Bind(2, _bodies.Written.Slice(at, block.Bytes)).Run();
            at += block.Bytes;
        }
    }
}
