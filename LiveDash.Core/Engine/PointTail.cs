using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>
/// The batches a shard has handled that somebody else, the store above all, still holds: what a scan of the store may not show yet.
/// A window that is rebuilt takes them in beside the scan, so that nothing falls between the two. Owned by one shard.
/// Bounded by <see cref="MaxPoints"/>; the oldest goes first.
/// </summary>
internal sealed class PointTail
{
    /// <summary>How many points it holds at most; some seconds of the highest rate the store can follow.</summary>
    public const int MaxPoints = 1 << 20;

    private readonly Queue<PointBatch> _batches = new();
    private int _points;

    /// <summary>How many points it holds.</summary>
    public int Points => _points;

    /// <summary>Takes over the shard's share of a batch.</summary>
    public void Add(PointBatch batch)
    {
        _batches.Enqueue(batch);
        _points += batch.Count;
        Trim();
    }

    /// <summary>Lets go of the batches that nobody but shards holds any more.</summary>
    public void Trim()
    {
        while (_batches.TryPeek(out var oldest) && (oldest.IsSettled || _points > MaxPoints))
        {
            _batches.Dequeue();
            _points -= oldest.Count;
            oldest.ReleaseRead();
        }
    }

    /// <summary>Hands the points of one series, run by run, to <paramref name="take"/>, in the order of arrival.</summary>
    public void Visit(int series, PointRunAction take) => Visit(_batches, series, take);

    /// <summary>Does the same with batches that are not in it yet.</summary>
    public static void Visit(IEnumerable<PointBatch> batches, int series, PointRunAction take)
    {
        foreach (var batch in batches)
        {
            var all = batch.Series;
            for (var i = all.IndexOf(series); i >= 0 && i < all.Length; i++)
            {
                if (all[i] != series) continue;
                var from = i;
                while (i + 1 < all.Length && all[i + 1] == series) i++;
                take(batch, batch.Times[from..(i + 1)], batch.Values[from..(i + 1)]);
            }
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        while (_batches.TryDequeue(out var batch)) batch.ReleaseRead();
        _points = 0;
    }
}
