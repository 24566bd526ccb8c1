using System.Numerics;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Moves points from memory (and the log) into columnar blocks, in one change with the deletion of their log rows. A series' newest blocks
/// are merged into the new one once four of about a size stand beside each other: as in a log-structured merge tree with tiers (O'Neil et al., Acta Informatica 33, 1996), a point is rewritten
/// at most log4(4096) = 6 times, and a slow series ends in some eighteen blocks. Encoding runs beside the writer, which only stores the bytes.
/// Used by one keeper at a time.
/// </summary>
internal sealed partial class StoreSealer(StoreParts parts, StoreWriter writer, BlockSource blocks)
{
    private const int MostGathered = 4 * BlockCodec.MaxPoints;

    // How many blocks of a tier make one of the next, whose blocks are so many times as large.
    private const int Fan = 4;

    private readonly BlobWriter _bodies = new();
    private readonly BlobWriter _body = new();
    private readonly BlobWriter _scratch = new();
    private readonly PointColumns _gathered = new(MostGathered);
    private long _sealedTo;
    private long _lastBlock = parts.Index.SnapshotBlocks().SelectMany(static s => s.Blocks).Select(static b => b.Id).DefaultIfEmpty().Max();

    /// <summary>Seals all that is in memory now.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing changed.</exception>
    public async Task SealAsync()
    {
        var heads = parts.Index.SnapshotHeads(out var lastId);
        if (heads.Count == 0)
        {
            _sealedTo = lastId;
            return;
        }

        _bodies.Clear();
        var changes = new List<SealedSeries>(heads.Count);
        foreach (var head in heads) changes.Add(Encode(head));
        await writer.ChangeAsync(
            new ChangeWork(
                () => parts.Database.WriteSeal(changes, _bodies.Written, lastId),
                () =>
                {
                    // First: the columns of what was sealed may be used for other points from then on.
                    parts.Guard.Sealed(heads);
                    parts.Index.Replace(changes);
                },
                ChangeKind.Moves),
            CancellationToken.None).ConfigureAwait(false);
        _sealedTo = lastId;
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
                    // A summary is none of the points that it was made of.
                    if (block.Step == 0 && group.Any(change => block.MinTime <= change.Ticks && change.Ticks <= block.MaxTime) && TryRewrite(group.Key, block, wanted) is { } made) rewritten.Add((group.Key, block, made));
                }
            }
        }

        if (rewritten.Count == 0) return;
        SealedSeries[] sealing = [.. rewritten.GroupBy(static one => one.Series).Select(static group => new SealedSeries(group.Key, 0, [.. group.Select(static one => one.Old)], [.. group.Select(static one => one.New)]))];
        await writer.ChangeAsync(
            new ChangeWork(() => parts.Database.WriteSeal(sealing, _bodies.Written, _sealedTo), () => parts.Index.Rewrite(rewritten), ChangeKind.Adds),
            CancellationToken.None).ConfigureAwait(false);
    }

    private BlockHeader? TryRewrite(int series, BlockHeader block, Dictionary<long, PointChange> wanted)
    {
        var points = new PointColumns(block.Points);
        if (!blocks.TryReadAll(series, block, points)) return null;
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
        var (merged, view) = Gather(series, head);
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
        var (from, total) = MergeFrom(series.Blocks, head.Count);
        List<BlockHeader> merged = [.. series.Blocks.AsSpan(from)];
        if (merged.Count == 0) return ([], Ordered(head));
        // One for all series, but large ones: what is merged is encoded before the next series is.
        _gathered.Clear();
        var points = total <= MostGathered ? _gathered : new PointColumns(total);
        if (!merged.TrueForAll(block => blocks.TryReadAll(series.Series, block, points))) return ([], Ordered(head));
        points.Add(head);
        points.Sort();
        return (merged, points.View);
    }

    // In columns of our own: readers may look at those of the head.
    private PointView Ordered(PointView head)
    {
        if (head.Sorted) return head;
        _gathered.Clear();
        var points = head.Count <= MostGathered ? _gathered : new PointColumns(head.Count);
        points.Add(head);
        points.Sort();
        return points.View;
    }

    /// <summary>From which of a series' blocks on all are merged with what is sealed now, and how many points that makes. Summaries stay apart.</summary>
    internal static (int From, int Points) MergeFrom(ReadOnlySpan<BlockHeader> blocks, int head)
    {
        var (from, total) = (blocks.Length, head);
        while (true)
        {
            var (begin, sum) = (from, total);
            while (begin > 0 && blocks[begin - 1] is { Step: 0, Points: < BlockCodec.MaxPoints } && Tier(blocks[begin - 1].Points) <= Tier(total)) sum += blocks[--begin].Points;
            // As many as fill a block are worth it, however few they are.
            if (begin == from || (from - begin < Fan - 1 && sum < BlockCodec.MaxPoints)) return (from, total);
            (from, total) = (begin, sum);
        }
    }

    private static int Tier(int points) => BitOperations.Log2((uint)points) / 2;
}
