using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>The points of one test: its series, and what recording rules make of them, at most <see cref="MaxPoints"/>. Used by one test alone.</summary>
internal sealed class RuleTestSamples : ISampleSource
{
    /// <summary>How many points there may be, of 16 bytes each; the file has fewer, so that recording rules alone pass it.</summary>
    public const int MaxPoints = 5_000_000;

    private readonly List<(LabelSet Labels, List<long> Times, List<double> Values)> _series = [];
    private readonly Dictionary<LabelSet, int> _places = [];
    private int _count;

    /// <summary>Adds a point, behind the series' last one.</summary>
    /// <exception cref="QueryException">There are <see cref="MaxPoints"/>, or the series has a point at that time or later: it stands twice in the test, or a rule records onto it.</exception>
    public void Add(LabelSet labels, long time, double value)
    {
        if (++_count > MaxPoints) throw new QueryException(QueryErrorKind.Limit, $"A test keeps at most {MaxPoints:N0} points, those of recording rules included.");
        if (!_places.TryGetValue(labels, out var at))
        {
            _places.Add(labels, at = _series.Count);
            _series.Add((labels, [], []));
        }

        if (_series[at].Times is [.., var last] && last >= time) throw new QueryException(QueryErrorKind.Execution, $"{labels} is given twice: as two series of the same labels, or as a series and by a rule that records it.");
        _series[at].Times.Add(time);
        _series[at].Values.Add(value);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice) =>
        [.. _series.Select(static (one, i) => new SourceSeries(i, one.Labels)).Where(one => choice.Matches(one.Labels)).OrderBy(static one => one.Labels)];

    /// <inheritdoc/>
    public Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget)
    {
        for (var i = 0; i < series.Count; i++)
        {
            budget.Stopped.ThrowIfCancellationRequested();
            var (_, times, values) = _series[series[i].Id];
            var (from, to) = (Place(times, range.From), Place(times, range.To));
            // A series that has ended has no newest point; ranges see what it had.
            if (newestOnly) (from, to) = to > from && !SeriesNotation.IsStale(values[to - 1]) ? (to - 1, to) : (to, to);
            var kept = Enumerable.Range(from, to - from).Where(at => !SeriesNotation.IsStale(values[at])).ToList();
            budget.AddPoints(kept.Count);
            if (kept.Count > 0) sink.Take(i, kept.Select(at => times[at]).ToArray(), kept.Select(at => values[at]).ToArray());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlacedPoints> ScanAsync(int series, TimeRange range, bool descending, QueryBudget budget)
    {
        var (_, times, values) = _series[series];
        var (from, to) = (Place(times, range.From), Place(times, range.To));
        var kept = Enumerable.Range(from, to - from).Where(at => !SeriesNotation.IsStale(values[at])).ToList();
        budget.AddPoints(kept.Count);
        if (descending) kept.Reverse();
        await Task.CompletedTask.ConfigureAwait(false);
        if (kept.Count > 0) yield return new PlacedPoints(kept.Select(at => times[at]).ToArray(), kept.Select(at => values[at]).ToArray());
    }

    private static int Place(List<long> times, long time)
    {
        var at = times.BinarySearch(time);
        while (at > 0 && times[at - 1] == time) at--;
        return at < 0 ? ~at : at;
    }
}
