using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>
/// What arrived of one series while its chart waits for the store: each point with the batch it came in, which knows whether the store had it. Not
/// thread-safe. Holds no share of the batches, only their commit number is looked at.
/// </summary>
/// <param name="until">From this tick on a point lies too far ahead to be drawn, and is left out.</param>
internal sealed class ChartPending(long until)
{
    private readonly PointBuffer _points = new();
    private readonly List<(PointBatch Batch, int End)> _runs = [];

    public int Count => _points.Count;

    public void Add(PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] < until) _points.Add(times[i], values[i]);
        }

        if (_runs.Count > 0 && ReferenceEquals(_runs[^1].Batch, batch)) _runs[^1] = (batch, _points.Count);
        else _runs.Add((batch, _points.Count));
    }

    /// <summary>
    /// Adds to what a scan found the points that it did not show. A commit becomes visible as a whole and commits are numbered in order, so a batch was
    /// shown exactly when its commit begins at or before the newest id seen.
    /// </summary>
    public void AddTo(ChartColumns found, long newestId)
    {
        var from = 0;
        foreach (var (batch, end) in _runs)
        {
            var commit = batch.CommitId;
            if (commit == 0 || commit > newestId) found.AddRange(_points.Times[from..end], _points.Values[from..end]);
            from = end;
        }
    }
}
