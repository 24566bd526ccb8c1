using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;

namespace LiveDash.Tests.Core.Query;

/// <summary>Series with points in memory, read as plainly as can be. Filled before it is asked.</summary>
internal sealed class QuerySamples : ISampleSource
{
    private readonly List<(LabelSet Labels, List<(long Time, double Value)> Points)> _series = [];

    /// <summary>All series with their points.</summary>
    public IReadOnlyList<(LabelSet Labels, List<(long Time, double Value)> Points)> All => _series;

    /// <summary>Where set, series come in an order of its making instead of their labels'.</summary>
    public Random? Shuffle { get; set; }

    /// <summary>Ticks of a moment given in seconds since 1970.</summary>
    public static long Ticks(double seconds) => Epoch.Ticks(seconds);

    /// <summary>Adds a series: <c>cpu{host=a}</c> with points of times in seconds since 1970.</summary>
    public QuerySamples With(string series, params (double Seconds, double Value)[] points)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        _series.Add((LabelSet.Of(key!), [.. points.Select(static point => (Ticks(point.Seconds), point.Value))]));
        return this;
    }

    /// <summary>Adds a series without points; its place.</summary>
    public int Begin(LabelSet labels)
    {
        _series.Add((labels, []));
        return _series.Count - 1;
    }

    /// <summary>Adds a point that arrives now.</summary>
    public void Arrive(int series, long time, double value)
    {
        var points = _series[series].Points;
        points.Insert(points.FindLastIndex(point => point.Time <= time) + 1, (time, value));
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice) =>
        [.. _series.Select(static (one, i) => new SourceSeries(i, one.Labels)).Where(one => choice.Matches(one.Labels)).OrderBy(_ => Shuffle?.Next() ?? 0).ThenBy(static one => one.Labels)];

    /// <inheritdoc/>
    public Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var points = _series[series[i].Id].Points.Where(point => range.Contains(point.Time)).ToList();
            if (newestOnly && points.Count > 0) points.RemoveRange(0, points.Count - 1);
            budget.AddPoints(points.Count);
            // In pieces, as a store gives them.
            foreach (var piece in points.Chunk(7)) sink.Take(i, piece.Select(static point => point.Time).ToArray(), piece.Select(static point => point.Value).ToArray());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlacedPoints> ScanAsync(int series, TimeRange range, bool descending, QueryBudget budget)
    {
        var points = _series[series].Points.Where(point => range.Contains(point.Time)).ToList();
        if (descending) points.Reverse();
        budget.AddPoints(points.Count);
        await Task.CompletedTask;
        foreach (var piece in points.Chunk(7))
        {
            var times = piece.Select(static point => point.Time).ToArray();
            yield return new PlacedPoints(times, piece.Select(static point => point.Value).ToArray(), Array.ConvertAll(times, X), Array.ConvertAll(times, Y));
        }
    }

    /// <summary>Where a point of a time lies: over a square of ten by ten.</summary>
    public static double X(long time) => time / TimeSpan.TicksPerSecond % 10;

    /// <summary>The other coordinate.</summary>
    public static double Y(long time) => time / TimeSpan.TicksPerSecond / 10 % 10;
}
