using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Keeps all points of each series, for windows over them. Bounded by the evaluation's budget, which is asked before it grows. Used by one evaluation.</summary>
internal sealed class ColumnCollector(IReadOnlyList<SourceSeries> series, QueryBudget budget) : ISampleSink
{
    private const int Least = 64;

    private readonly List<RangeSeries> _done = [];
    private long[] _times = [];
    private double[] _values = [];
    // Of a series with rows that stand for several points: counts, least, greatest and sums of all its rows.
    private double[][]? _summaries;
    private int _count;
    private int _current = -1;

    /// <inheritdoc/>
    public bool WantsSummaries => true;

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values) => Take(index, times, values, default);

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values, in RowSummaries summaries)
    {
        if (index != _current)
        {
            EndSeries();
            _current = index;
        }

        if (_count + times.Length > _times.Length) Grow(_count + times.Length);
        times.CopyTo(_times.AsSpan(_count));
        values.CopyTo(_values.AsSpan(_count));
        if (!summaries.IsEmpty || _summaries is not null) Keep(values, summaries);
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
        if (_count > 0)
        {
            var summaries = _summaries is not [var counts, var least, var greatest, var sums]
                ? default
                : new RowSummaries { Counts = counts.AsMemory(0, _count), Least = least.AsMemory(0, _count), Greatest = greatest.AsMemory(0, _count), Sums = sums.AsMemory(0, _count) };
            _done.Add(new RangeSeries(series[_current].Labels, _times.AsMemory(0, _count), _values.AsMemory(0, _count), default, summaries));
        }

        (_times, _values, _summaries, _count) = ([], [], null, 0);
    }

    private void Keep(ReadOnlySpan<double> values, in RowSummaries summaries)
    {
        if (_summaries is null)
        {
            budget.AddNumbers(4L * _times.Length);
            _summaries = [new double[_times.Length], new double[_times.Length], new double[_times.Length], new double[_times.Length]];
            Fill(_values.AsSpan(0, _count), 0);
        }

        if (summaries.IsEmpty)
        {
            Fill(values, _count);
            return;
        }

        summaries.Counts.Span.CopyTo(_summaries[0].AsSpan(_count));
        summaries.Least.Span.CopyTo(_summaries[1].AsSpan(_count));
        summaries.Greatest.Span.CopyTo(_summaries[2].AsSpan(_count));
        summaries.Sums.Span.CopyTo(_summaries[3].AsSpan(_count));
    }

    // Points as they came.
    private void Fill(ReadOnlySpan<double> values, int at)
    {
        _summaries![0].AsSpan(at, values.Length).Fill(1);
        for (var i = 1; i < _summaries.Length; i++) values.CopyTo(_summaries[i].AsSpan(at));
    }

    private void Grow(int least)
    {
        var size = Math.Max(least, Math.Max(Least, _times.Length * 2));
        budget.AddNumbers((_summaries is null ? 2L : 6L) * size);
        Array.Resize(ref _times, size);
        Array.Resize(ref _values, size);
        for (var i = 0; i < _summaries?.Length; i++) Array.Resize(ref _summaries[i], size);
    }
}
