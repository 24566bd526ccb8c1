using LiveDash.Core.Query.Data;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Keeps of each series the newest point at each step, at most the lookback old (or that and the step of which it is a summary), in one pass: memory goes with the steps and not with the points. Used by one evaluation.</summary>
internal sealed class StepFiller(StepGrid grid, long lookback, int series, bool wantsTimes, IReadOnlyDictionary<int, StoredSummaries> summaries) : ISampleSink
{
    private readonly double[]?[] _values = new double[series][];
    private int _current = -1;
    private int _next;
    private long _nextTime;
    private long _time;
    private double _value;
    private bool _has;
    // Up to when the rows of the series are summaries, and how long the last one counts then.
    private long _until;
    private long _longer;

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (index != _current) Begin(index);
        while (!times.IsEmpty)
        {
            var replaced = UpTo(times, _nextTime);
            if (replaced > 0)
            {
                (_time, _value, _has) = (times[replaced - 1], values[replaced - 1], true);
                times = times[replaced..];
                values = values[replaced..];
            }

            if (times.IsEmpty) break;
            FillBefore(times[0]);
        }
    }

    /// <summary>The values at the steps by series, once all points are taken; null for a series that has none. The moments of the points in seconds where they are wanted.</summary>
    public IReadOnlyList<double[]?> Finish()
    {
        FillBefore(long.MaxValue);
        return _values;
    }

    private void Begin(int index)
    {
        FillBefore(long.MaxValue);
        (_current, _next, _nextTime, _has) = (index, 0, grid.Count > 0 ? grid.Start : long.MaxValue, false);
        (_until, _longer) = summaries.TryGetValue(index, out var one) ? (one.Until, lookback + one.Step.Ticks) : (long.MinValue, lookback);
    }

    private void FillBefore(long time)
    {
        while (_nextTime < time)
        {
            if (_has && _nextTime >= _time && _nextTime - _time < (_time <= _until ? _longer : lookback))
            {
                var steps = _values[_current] ??= Absence.Steps(grid.Count);
                steps[_next] = wantsTimes ? Epoch.Seconds(_time) : _value;
            }

            _nextTime = ++_next < grid.Count ? grid.Time(_next) : long.MaxValue;
        }
    }

    // How many of the times are not behind the last one; most often none or all are.
    private static int UpTo(ReadOnlySpan<long> times, long last)
    {
        if (times[0] > last) return 0;
        if (times[^1] <= last) return times.Length;
        int low = 0, high = times.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (times[middle] <= last) low = middle;
            else high = middle - 1;
        }

        return low + 1;
    }
}
