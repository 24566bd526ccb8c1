namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Moves points from memory (and the log) into columnar blocks, in one change with the deletion of their log rows. A series' newest blocks
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
            new ChangeWork(
                () => parts.Database.WriteSeal(changes, _bodies.Written, lastId),
                () =>
                {
                    parts.Index.Replace(changes);
                    parts.Guard.Sealed(heads);
                },
                ChangeKind.Moves),
            CancellationToken.None).ConfigureAwait(false);
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
        if (merged.Count == 0 || !merged.TrueForAll(block => blocks.TryReadAll(series.Series, block, points))) return ([], head);
        points.Add(head);
        return (merged, points.View);
    }
}
