using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Keeps all points of each series, for windows over them. Bounded by the evaluation's budget, which is asked before it grows. Used by one evaluation.</summary>
internal sealed class ColumnCollector(IReadOnlyList<SourceSeries> series, QueryBudget budget) : ISampleSink
{
    private const int Least = 64;

    private readonly List<RangeSeries> _done = [];
    private long[] _times = [];
    private double[] _values = [];
    private int _count;
    private int _current = -1;

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (index != _current)
        {
            EndSeries();
            _current = index;
        }

        if (_count + times.Length > _times.Length) Grow(_count + times.Length);
        times.CopyTo(_times.AsSpan(_count));
        values.CopyTo(_values.AsSpan(_count));
        _count += times.Length;
    }

    /// <summary>The series that have points, once all are taken.</summary>
    public IReadOnlyList<RangeSeries> Finish()
    {
        EndSeries();
        return _done;
    }

    private void EndSeries()
    {
        if (_count > 0) _done.Add(new RangeSeries(series[_current].Labels, _times.AsMemory(0, _count), _values.AsMemory(0, _count)));
        (_times, _values, _count) = ([], [], 0);
    }

    private void Grow(int least)
    {
        var size = Math.Max(least, Math.Max(Least, _times.Length * 2));
        budget.AddNumbers(2L * size);
        Array.Resize(ref _times, size);
        Array.Resize(ref _values, size);
    }
}
