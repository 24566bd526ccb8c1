using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>
/// What arrived of one series while its window waits for the store: each point with the batch it came in, which knows whether the store had it.
/// Not thread-safe. Holds no share of the batches, only their commit number is looked at.
/// </summary>
internal sealed class PendingPoints
{
    private readonly PointBuffer _points = new();
    private readonly List<(PointBatch Batch, int End)> _runs = [];

    public int Count => _points.Count;

    public void Add(PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        _points.AddRange(times, values);
        if (_runs.Count > 0 && ReferenceEquals(_runs[^1].Batch, batch)) _runs[^1] = (batch, _points.Count);
        else _runs.Add((batch, _points.Count));
    }

    /// <summary>
    /// Every point once, by time: the stored ones and those of these that the scan did not show. A commit becomes visible as a whole and commits are
    /// numbered in order, so a batch was shown exactly when its commit begins at or before the newest id seen.
    /// </summary>
    public PointBuffer JoinTo(StoredPoints stored)
    {
        var fresh = Since(stored.NewestId);
        if (fresh.Count == 0) return stored.Points;
        fresh.SortByTime();
        return Merge(stored.Points, fresh);
    }

    /// <summary>Those that a scan did not show whose newest sequence number was <paramref name="newestId"/>, in the order of arrival.</summary>
    public PointBuffer Since(long newestId)
    {
        var fresh = new PointBuffer();
        var from = 0;
        foreach (var (batch, end) in _runs)
        {
            var commit = batch.CommitId;
            if (commit == 0 || commit > newestId) fresh.AddRange(_points.Times[from..end], _points.Values[from..end]);
            from = end;
        }

        return fresh;
    }

    private static PointBuffer Merge(PointBuffer stored, PointBuffer fresh)
    {
        var joined = new PointBuffer();
        var s = 0;
        for (var f = 0; f < fresh.Count; f++)
        {
            var from = s;
            while (s < stored.Count && stored.Times[s] <= fresh.Times[f]) s++;
            joined.AddRange(stored.Times[from..s], stored.Values[from..s]);
            joined.Add(fresh.Times[f], fresh.Values[f]);
        }

        joined.AddRange(stored.Times[s..], stored.Values[s..]);
        return joined;
    }
}
