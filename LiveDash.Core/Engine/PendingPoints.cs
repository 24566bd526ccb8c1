using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>
/// What arrived of one series while its window waits for the store: each point with the batch it came in, which knows whether the store had it.
/// Not thread-safe. Holds no share of the batches, only their commit number is looked at.
/// </summary>
/// <param name="limit">Up to which event time the store is read, in UTC ticks: what lay ahead of it comes from <see cref="AheadPoints"/> or arrives.</param>
internal sealed class PendingPoints(long limit)
{
    private readonly PointBuffer _points = new();
    private readonly List<(PointBatch? Batch, int End)> _runs = [];

    /// <summary>Up to which event time the store is read.</summary>
    public long Limit => limit;

    public int Count => _points.Count;

    /// <summary>Takes points that arrived; those past <paramref name="ahead"/> wait elsewhere.</summary>
    public void Add(PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long ahead)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] <= ahead) _points.Add(times[i], values[i]);
        }

        if (_runs.Count > 0 && ReferenceEquals(_runs[^1].Batch, batch)) _runs[^1] = (batch, _points.Count);
        else _runs.Add((batch, _points.Count));
    }

    /// <summary>Takes a point that was ahead of the clock until now.</summary>
    public void Add(long time, double value)
    {
        _points.Add(time, value);
        if (_runs.Count > 0 && _runs[^1].Batch is null) _runs[^1] = (null, _points.Count);
        else _runs.Add((null, _points.Count));
    }

    /// <summary>
    /// Every point once, by time: the stored ones and those of these that the scan did not show. A commit becomes visible as a whole and commits are
    /// numbered in order, so a batch was shown exactly when its commit begins at or before the newest id seen.
    /// </summary>
    public PointBuffer JoinTo(StoredPoints stored)
    {
        var fresh = new PointBuffer();
        var from = 0;
        foreach (var (batch, end) in _runs)
        {
            var commit = batch?.CommitId ?? 0;
            var isFresh = commit == 0 || commit > stored.NewestId;
            for (; from < end; from++)
            {
                // Beyond the limit nothing was read, whatever had been committed.
                if (isFresh || _points.Times[from] > limit) fresh.Add(_points.Times[from], _points.Values[from]);
            }
        }

        if (fresh.Count == 0) return stored.Points;
        fresh.SortByTime();
        return Merge(stored.Points, fresh);
    }

    /// <summary>The same for a scan that begins beyond the limit: a point of these is fresh by its commit alone.</summary>
    public PointBuffer JoinByCommit(StoredPoints stored)
    {
        var joined = new PointBuffer();
        joined.AddRange(stored.Points.Times, stored.Points.Values);
        var from = 0;
        foreach (var (batch, end) in _runs)
        {
            var commit = batch?.CommitId ?? 0;
            if (commit == 0 || commit > stored.NewestId) joined.AddRange(_points.Times[from..end], _points.Values[from..end]);
            from = end;
        }

        return joined;
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
