using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

/// <summary>What is asked of series that are kept as summaries, against the same of the points themselves.</summary>
public sealed class SummaryQueryTests : IAsyncLifetime
{
    private const int Count = 16_384;
    private readonly MemoryPointStore _plain = new();
    private TempStore _store = null!;
    private int _series;
    private long _first;

    public async Task InitializeAsync()
    {
        _store = await TempStore.OpenAsync(static options => options.Tiers.Add(new TierSetting { Series = "a", Keep = "raw for 1d, 1m for 2d, 1h for 60d" }));
        _series = _store.Series("a");
        // Half a second behind each second, so that steps of both hold the same points; from a whole hour on.
        _first = _store.Clock.Ticks - TimeSpan.FromDays(10).Ticks + (TimeSpan.TicksPerSecond / 2);
        var random = new Random(3);
        var points = Enumerable.Range(0, Count).Select(i => new StoredPoint(_series, _first + (i * TimeSpan.TicksPerSecond), Math.Round(random.NextDouble() * 50, 1))).ToList();
        foreach (var point in points) _plain.Add(point.Series, point.Ticks, point.Value);
        await _store.AppendAsync(points);
        await _store.SealAsync();
        await _store.StepAsync(_store.Clock.GetUtcNow());
        Assert.InRange((await _store.ScanAsync(_series)).Count, 4, 6);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("avg_over_time(a[1h])")]
    [InlineData("sum_over_time(a[2h])")]
    [InlineData("count_over_time(a[1h])")]
    [InlineData("min_over_time(a[1h])")]
    [InlineData("max_over_time(a[3h])")]
    [InlineData("last_over_time(a[1h])")]
    [InlineData("max_over_time(a[1h]) - min_over_time(a[1h]) > avg_over_time(a[1h])")]
    [InlineData("a")]
    public async Task RangeAsync_AtTheStepsOfTheSummaries_IsThatOfThePointsAndSaysSo(string text)
    {
        var found = await AskAsync(_store.Points, text);
        var expected = await AskAsync(_plain, text);
        var (one, other) = (Assert.Single(found.Series), Assert.Single(expected.Series));
        Assert.Equal(other.Times.ToArray(), one.Times.ToArray());
        Assert.All(other.Values.ToArray().Zip(one.Values.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Contains("kept as summaries of 1h (LiveDash:Storage:Tiers)", Assert.Single(found.Warnings), StringComparison.Ordinal);
        Assert.Empty(expected.Warnings);
    }

    [Fact]
    public async Task InstantAsync_BetweenTwoSummaries_SeesTheLastOne()
    {
        var at = _first + TimeSpan.FromMinutes(150).Ticks;
        var engine = new QueryEngine(_store.Catalog, _store.Points, TimeProvider.System);
        var rows = await _store.ScanAsync(_series);
        Assert.Equal(rows[1].Value, Assert.Single((await engine.InstantAsync(PromQuery.Parse("a"), at, new QueryLimits(), default)).Series).Values.Span[0]);
        Assert.Equal(TimeSpan.FromHours(1), engine.FindSummaries(PromQuery.Parse("sum(a)"), new TimeRange(0, at))!.Value.Step);
        Assert.Null(engine.FindSummaries(PromQuery.Parse("sum(a)"), new TimeRange(rows[^1].Ticks + 1, long.MaxValue)));
    }

    [Fact]
    public async Task AddRange_ColumnsOfAChart_HaveTheLeastTheGreatestAndTheMeanOfAllPoints()
    {
        var (found, expected) = (Chart(), Chart());
        await foreach (var block in _store.Points.ScanAsync(new PointQuery { Series = [_series], WithSummaries = true }, default)) found.AddRange(block);
        await foreach (var block in _plain.ScanAsync(new PointQuery { Series = [_series] }, default)) expected.AddRange(block);
        var (columns, wanted) = (Columns(found), Columns(expected));
        Assert.Equal(wanted.Select(static one => (one.Start, one.Min, one.Max, one.Last, one.Count)), columns.Select(static one => (one.Start, one.Min, one.Max, one.Last, one.Count)));
        Assert.All(wanted.Zip(columns), static pair => Assert.Equal(pair.First.Mean, pair.Second.Mean, 1e-9));
    }

    private static ChartColumns Chart() => new(TimeSpan.TicksPerHour, 10);

    private static List<ChartColumn> Columns(ChartColumns chart)
    {
        var columns = new List<ChartColumn>();
        chart.CopySince(0, columns);
        return columns;
    }

    private Task<QueryResult> AskAsync(IPointStore store, string text)
    {
        var from = _first - (TimeSpan.TicksPerSecond / 2);
        return new QueryEngine(_store.Catalog, store, TimeProvider.System).RangeAsync(PromQuery.Parse(text), from, from + TimeSpan.FromHours(4).Ticks, TimeSpan.TicksPerHour, new QueryLimits(), default);
    }
}
