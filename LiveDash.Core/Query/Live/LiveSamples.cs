using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;

namespace LiveDash.Core.Query.Live;

/// <summary>The columns of a live expression, as subqueries read them. Used by one thread.</summary>
internal sealed class LiveSamples : ISampleSource
{
    private readonly List<LiveColumn> _columns = [];

    /// <summary>Adds a column.</summary>
    public void Add(LiveColumn column) => _columns.Add(column);

    /// <inheritdoc/>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice) =>
        [.. _columns.Select(static (column, place) => new SourceSeries(place, column.Labels)).Where(one => choice.Matches(one.Labels)).OrderBy(static one => one.Labels)];

    /// <inheritdoc/>
    public Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (_columns[series[i].Id].Window(range.From - 1, range.To - 1) is not { } window) continue;
            var first = newestOnly ? window.Count - 1 : 0;
            budget.AddPoints(window.Count - first);
            sink.Take(i, window.Times[first..], window.Values[first..]);
        }

        return Task.CompletedTask;
    }

    /// <summary>Nothing reads in this way within a subquery, where windows of LiveDash's own text do not stand.</summary>
    public IAsyncEnumerable<PlacedPoints> ScanAsync(int series, TimeRange range, bool descending, QueryBudget budget) => throw new NotSupportedException();
}
