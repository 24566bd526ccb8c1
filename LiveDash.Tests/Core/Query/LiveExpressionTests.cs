using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;

namespace LiveDash.Tests.Core.Query;

/// <summary>An expression judged as points arrive; its plain twin is an instant evaluation over the points that have arrived.</summary>
public sealed class LiveExpressionTests
{
    private static readonly QueryLimits s_limits = new();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Evaluate_RandomTreesAsPointsArrive_IsTheInstantAtEachStep(int seed)
    {
        var random = new Random(seed);
        var queries = new RandomQueries(seed);
        var arrivals = Arrivals(random);
        for (var tree = 0; tree < 25; tree++)
        {
            var text = queries.Vector(4);
            var expr = PromQuery.Parse(text);
            var live = new LiveExpression(expr, s_limits);
            var twin = new QuerySamples();
            var engine = new QueryEngine(twin, TimeProvider.System);
            var places = new Dictionary<LabelSet, int>();
            var next = 0;
            for (var at = QuerySamples.Ticks(QueryWorld.Start + 120.5); next < 3_000; at += random.Next(1, 40) * TimeSpan.TicksPerSecond)
            {
                for (; next < arrivals.Count && arrivals[next].Arrives <= at; next++) Arrive(live, twin, places, arrivals[next]);
                var expected = await TwinAsync(engine, expr, at);
                var actual = Live(live, at);
                Assert.True(expected.Difference(actual) is null, $"{text} after {next} points: {expected.Difference(actual)}");
            }
        }
    }

    [Fact]
    public void Take_SelectorsOfTheNewestPoint_KeepNoOther()
    {
        var expression = new LiveExpression(PromQuery.Parse("a + 1"), new QueryLimits());
        var labels = LabelSet.Of(new SeriesKey("a"));
        expression.Add(0, labels);
        var at = QuerySamples.Ticks(1_000);
        for (var i = 0; i < 1_000; i++) expression.Take(0, at + i, i);
        Assert.Equal(1, Single(expression, at));
        Assert.Equal(1_000, Single(expression, at + 1_000));
        Assert.Equal(1, expression.Held);
        // One that is older decides nothing; one that is ahead waits for its time.
        expression.Take(0, at + 500, 7);
        expression.Take(0, at + 5_000, 8);
        Assert.Equal((1_000, 2), (Single(expression, at + 1_001), expression.Held));
        Assert.Equal((9, 1), (Single(expression, at + 5_000), expression.Held));

        static double Single(LiveExpression expression, long at) => Assert.Single(expression.Evaluate(at, CancellationToken.None).Series).Values.Span[0];
    }

    [Fact]
    public void Evaluate_NothingNew_ComputesNothing()
    {
        var live = new LiveExpression(PromQuery.Parse("sum by (host) (avg_over_time(temp[1h])) > 3 or max(load)"), s_limits);
        Fill(live, 40);
        live.Evaluate(QuerySamples.Ticks(100), CancellationToken.None);
        var before = live.Computed;
        live.Evaluate(QuerySamples.Ticks(101), CancellationToken.None);
        Assert.Equal(before, live.Computed);
    }

    [Fact]
    public void Evaluate_OnePointMore_ComputesItsWindowAndWhatStandsAbove()
    {
        var live = new LiveExpression(PromQuery.Parse("sum(avg_over_time(temp[1h]))"), s_limits);
        Fill(live, 40);
        live.Evaluate(QuerySamples.Ticks(100), CancellationToken.None);
        var before = live.Computed;
        live.Take(7, QuerySamples.Ticks(100.5), 1_000);
        live.Evaluate(QuerySamples.Ticks(101), CancellationToken.None);
        // One window of forty, the function and the sum.
        Assert.Equal(3, live.Computed - before);
    }

    [Fact]
    public void Evaluate_PointsOutOfReach_AreForgotten()
    {
        var live = new LiveExpression(PromQuery.Parse("sum_over_time(temp[10s])"), s_limits);
        live.Add(0, Labels("temp"));
        for (var second = 0; second < 1_000; second++)
        {
            live.Take(0, QuerySamples.Ticks(second), 1);
            Assert.Equal(Math.Min(second + 1, 10), live.Evaluate(QuerySamples.Ticks(second), CancellationToken.None).Series[0].Values.Span[0]);
            Assert.InRange(live.Held, 1, 10);
        }
    }

    [Fact]
    public void Evaluate_MorePointsThanItMayKeep_SaysSoUntilTheyArePast()
    {
        var live = new LiveExpression(PromQuery.Parse("count_over_time(temp[10s])"), s_limits, maxPoints: 5);
        live.Add(0, Labels("temp"));
        for (var i = 0; i < 8; i++) live.Take(0, QuerySamples.Ticks(1 + (i / 10.0)), 1);
        var fault = Assert.Throws<QueryException>(() => live.Evaluate(QuerySamples.Ticks(2), CancellationToken.None));
        Assert.Equal(QueryErrorKind.Limit, fault.Kind);
        Assert.Empty(live.Evaluate(QuerySamples.Ticks(12), CancellationToken.None).Series);
        live.Take(0, QuerySamples.Ticks(12), 1);
        Assert.Single(live.Evaluate(QuerySamples.Ticks(13), CancellationToken.None).Series);
    }

    private static void Fill(LiveExpression live, int series)
    {
        for (var i = 0; i < series; i++)
        {
            live.Add(i, Labels($"temp{{host={i}}}"));
            for (var second = 0; second < 10; second++) live.Take(i, QuerySamples.Ticks(90 + second), i + second);
        }
    }

    private static LabelSet Labels(string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        return LabelSet.Of(key!);
    }

    // Each point arrives up to 30 s late, so that some come behind younger ones.
    private static List<(long Arrives, LabelSet Labels, long Time, double Value)> Arrivals(Random random) =>
        [.. QueryWorld.Make().All
            .SelectMany(static one => one.Points.Select(point => (one.Labels, point.Time, point.Value)))
            .Select(one => (one.Time + (random.Next(4) == 0 ? random.Next(0, 30) : 0) * TimeSpan.TicksPerSecond, one.Labels, one.Time, one.Value))
            .OrderBy(static one => one.Item1)];

    private static void Arrive(LiveExpression live, QuerySamples twin, Dictionary<LabelSet, int> places, (long Arrives, LabelSet Labels, long Time, double Value) point)
    {
        if (!places.TryGetValue(point.Labels, out var place))
        {
            places[point.Labels] = place = twin.Begin(point.Labels);
            if (live.Choices.Any(choice => choice.Matches(point.Labels))) live.Add(place, point.Labels);
        }

        twin.Arrive(place, point.Time, point.Value);
        live.Take(place, point.Time, point.Value);
    }

    private static QueryAnswer Live(LiveExpression live, long at)
    {
        try
        {
            return QueryAnswer.Of(live.Evaluate(at, CancellationToken.None));
        }
        catch (QueryException fault)
        {
            return new QueryAnswer(fault.Message);
        }
    }

    private static async Task<QueryAnswer> TwinAsync(QueryEngine engine, LiveDash.Core.Query.Tree.QueryExpr expr, long at)
    {
        try
        {
            return QueryAnswer.Of(await engine.InstantAsync(expr, at, s_limits, CancellationToken.None));
        }
        catch (QueryException fault)
        {
            return new QueryAnswer(fault.Message);
        }
    }
}
