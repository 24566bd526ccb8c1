using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

public sealed class QueryEngineTests
{
    private const double At = 1_764_500_400;
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();

    [Fact]
    public async Task InstantAsync_SeriesOfTheStore_HaveNameAndTagsAsLabels()
    {
        Add("cpu.load{host=web1}", (-10, 1.5), (-5, 2.5));
        var result = await AskAsync("cpu.load");
        Assert.Equal(ValueKind.Vector, result.Kind);
        var series = Assert.Single(result.Series);
        Assert.Equal("{\"cpu.load\", host=\"web1\"}", series.Labels.ToString());
        Assert.Equal(2.5, Assert.Single(series.Values.ToArray()));
        Assert.Equal(QuerySamples.Ticks(At), Assert.Single(series.Times.ToArray()));
        Assert.Equal((1, 1L), (result.Use.Series, result.Use.Points));
    }

    [Theory]
    [InlineData("a", 300, 0)]
    [InlineData("a", 299.999, 1)]
    [InlineData("count_over_time(a[1m])", 60, 0)]
    [InlineData("count_over_time(a[1m])", 59.999, 1)]
    [InlineData("a", -0.001, 0)]
    [InlineData("a", 0, 1)]
    public async Task InstantAsync_EdgesOfRanges_AreLeftOpen(string text, double age, int expected)
    {
        Add("a", (-age, 1));
        Assert.Equal(expected, (await AskAsync(text)).Series.Count);
    }

    [Fact]
    public async Task InstantAsync_SubqueryAtItsOwnSteps_LeavesTheFirstOut()
    {
        Add("a", (-250, 1));
        // At a multiple of the step: five steps within (t - 5 m, t], of which the oldest sees nothing yet.
        Assert.Equal(5, (await AskAsync("count_over_time(vector(1)[5m:1m])")).Series[0].Values.Span[0]);
        Assert.Equal(5, (await AskAsync("count_over_time(a[5m:1m])")).Series[0].Values.Span[0]);
    }

    [Fact]
    public async Task InstantAsync_PointsOfOneMoment_TheLastCounts()
    {
        Add("a", (-5, 1), (-5, 2), (-5, 3));
        Assert.Equal(3, (await AskAsync("a")).Series[0].Values.Span[0]);
        Assert.Equal(6, (await AskAsync("sum_over_time(a[1m])")).Series[0].Values.Span[0]);
        Assert.Empty((await AskAsync("rate(a[1m])")).Series);
    }

    [Theory]
    [InlineData("double_exponential_smoothing(a[5m], 0.5, 0.25)", 27.8125)]
    [InlineData("mad_over_time(a[5m])", 5)]
    public async Task InstantAsync_Experimental_AreComputed(string text, double expected)
    {
        Add("a", (-40, 10), (-30, 20), (-20, 15), (-10, 25));
        Assert.Equal(expected, (await AskAsync(text, experimental: true)).Series[0].Values.Span[0], 1e-9);
    }

    [Fact]
    public async Task InstantAsync_SortByLabel_OrdersNumbersInLabels()
    {
        Add("a{host=h10}", (-1, 1));
        Add("a{host=h2}", (-1, 1));
        Add("a{host=h1}", (-1, 1));
        Assert.Equal(["h1", "h2", "h10"], (await AskAsync("sort_by_label(a, \"host\")", experimental: true)).Series.Select(static one => one.Labels["host"]));
        Assert.Equal(["h10", "h2", "h1"], (await AskAsync("sort_by_label_desc(a, \"host\")", experimental: true)).Series.Select(static one => one.Labels["host"]));
    }

    [Fact]
    public async Task InstantAsync_MatrixAndString_GiveThemselves()
    {
        Add("a", (-70, 1), (-50, 2), (-10, 3));
        var matrix = await AskAsync("a[1m]");
        Assert.Equal(ValueKind.Matrix, matrix.Kind);
        Assert.Equal([2.0, 3.0], matrix.Series[0].Values.ToArray());
        Assert.Equal("hello", (await AskAsync("(\"hello\")")).Text);
    }

    [Theory]
    [InlineData("a + on(x) group_left() b", "multiple matches for labels: grouping labels must ensure unique matches")]
    [InlineData("a + on(x) b", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [InlineData("b + on(x) a", "found duplicate series for the match group {x=\"1\"} on the right hand-side")]
    [InlineData("rate({__name__=~\"c|d\"}[5m])", "vector cannot contain metrics with the same labelset")]
    [InlineData("topk(NaN, a)", "Parameter value is NaN")]
    public async Task InstantAsync_SeriesThatDoNotFit_SayWhy(string text, string message)
    {
        Add("a{x=1,y=1}", (-2, 1));
        Add("a{x=1,y=2}", (-2, 1));
        Add("b{x=1}", (-2, 1));
        Add("c", (-2, 1), (-1, 2));
        Add("d", (-2, 1), (-1, 2));
        if (text.StartsWith("a + on(x) group_left", StringComparison.Ordinal)) text = "label_replace(a, \"y\", \"\", \"y\", \"2\") + on(x) group_left(y) b";
        var fault = await Assert.ThrowsAsync<QueryException>(() => AskAsync(text));
        Assert.Equal(QueryErrorKind.Execution, fault.Kind);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstantAsync_QuantileOutOfRange_Warns() =>
        Assert.Equal(["PromQL warning: quantile value should be between 0 and 1, got 2"], (await AskAsync("quantile(2, vector(1))")).Warnings);

    [Theory]
    [InlineData("MaxSeries")]
    [InlineData("MaxPoints")]
    [InlineData("MaxBytes")]
    [InlineData("MaxSteps")]
    public async Task RangeAsync_BoundPassed_IsNamed(string bound)
    {
        Add("a{x=1}", (-20, 1), (-10, 2));
        Add("a{x=2}", (-20, 1), (-10, 2));
        var limits = bound switch
        {
            "MaxSeries" => new QueryLimits { MaxSeries = 1 },
            "MaxPoints" => new QueryLimits { MaxPoints = 3 },
            "MaxBytes" => new QueryLimits { MaxBytes = 1_000 },
            _ => new QueryLimits { MaxSteps = 60 },
        };
        var fault = await Assert.ThrowsAsync<QueryException>(() => new QueryEngine(_catalog, _store, TimeProvider.System).RangeAsync(
            PromQuery.Parse("rate(a[1m])"), QuerySamples.Ticks(At - 60), QuerySamples.Ticks(At), TimeSpan.TicksPerSecond, limits, CancellationToken.None));
        Assert.Equal(QueryErrorKind.Limit, fault.Kind);
        Assert.Contains("LiveDash:Query:" + bound, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstantAsync_Cancelled_ReachesTheScan()
    {
        Add("a", (-2, 1), (-1, 2));
        using var source = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeScan = async token =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var asked = AskAsync("a", cancellationToken: source.Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(0, _store.OpenScans);
    }

    [Fact]
    public async Task InstantAsync_TimeOver_EndsTheScanAndSaysSo()
    {
        Add("a", (-2, 1));
        var time = new ManualTime();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeScan = async token =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var asked = new QueryEngine(_catalog, _store, time).InstantAsync(PromQuery.Parse("a"), QuerySamples.Ticks(At), new QueryLimits { MaxTime = TimeSpan.FromSeconds(5) }, CancellationToken.None);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(6));
        var fault = await Assert.ThrowsAsync<QueryException>(() => asked);
        Assert.Equal(QueryErrorKind.Timeout, fault.Kind);
    }

    private Task<QueryResult> AskAsync(string text, bool experimental = false, CancellationToken cancellationToken = default) =>
        new QueryEngine(_catalog, _store, TimeProvider.System).InstantAsync(PromQuery.Parse(text, experimental: experimental), QuerySamples.Ticks(At), new QueryLimits(), cancellationToken);

    private void Add(string series, params (double Seconds, double Value)[] points)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        Assert.True(_catalog.TryIntern(key!, out var id));
        foreach (var (seconds, value) in points) _store.Add(id, QuerySamples.Ticks(At + seconds), value);
    }
}
