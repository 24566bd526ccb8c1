using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Tests.Core.Windows;

namespace LiveDash.Tests.Core.Query;

/// <summary>What LiveDash's own text asks of series, at a moment, over a range and as points arrive; windows against a plain twin.</summary>
public sealed class OwnEvaluationTests
{
    private static readonly QueryLimits s_limits = new();

    [Theory]
    [InlineData("5")]
    [InlineData("200")]
    [InlineData("90s")]
    [InlineData("tumbling 1m")]
    [InlineData("hopping 2m/30s")]
    [InlineData("session 40s")]
    [InlineData("session 15100ms")]
    public async Task InstantAsync_Windows_AreTheirPlainTwins(string window)
    {
        var samples = QueryWorld.Make();
        var engine = new QueryEngine(samples, TimeProvider.System);
        var random = new Random(5);
        foreach (var aggregate in (string[])["count", "sum", "p50", "p99", "distinct", "delta", "mad"])
        {
            for (var i = 0; i < 12; i++)
            {
                var at = QuerySamples.Ticks(QueryWorld.Start + (random.Next(0, 4 * QueryWorld.Length) / 3.0));
                var result = await engine.InstantAsync(PromQuery.Parse($"{aggregate}(temp{{host=*}}, {window})"), at, s_limits, CancellationToken.None);
                var expected = new QueryAnswer(null);
                foreach (var (labels, points) in samples.All.Where(static one => one.Labels.Name == "temp"))
                {
                    var plain = new PlainWindow(WindowSpec.Parse(window), TimeSpan.Zero);
                    foreach (var (time, value) in points.Where(point => point.Time <= at)) plain.Add(time, value);
                    plain.AdvanceTo(at);
                    var counted = plain.Points();
                    if (counted.Count > 0) expected.Add(string.Join(",", labels.Pairs.Select(static pair => $"{pair.Key}={pair.Value}")), at, PlainAggregates.Of(aggregate, counted, at));
                }

                Assert.True(expected.Difference(QueryAnswer.Of(result)) is null, $"{aggregate}, {window}: {expected.Difference(QueryAnswer.Of(result))}");
            }
        }
    }

    [Theory]
    [InlineData(21, 61)]
    [InlineData(22, 240)]
    public async Task RangeAsync_RandomConditions_AreTheInstantAtEachStep(int seed, int step)
    {
        var engine = Engine(QueryWorld.Make());
        var conditions = new RandomConditions(seed);
        for (var i = 0; i < 60; i++)
        {
            var text = i % 3 == 0 ? $"sum by (host) ({conditions.Call()}) / count(temp)" : conditions.Condition(3);
            var expr = PromQuery.Parse(text);
            var from = QuerySamples.Ticks(QueryWorld.Start + 250.5);
            var to = from + (12 * step * TimeSpan.TicksPerSecond);
            var range = QueryAnswer.Of(await engine.RangeAsync(expr, from, to, step * TimeSpan.TicksPerSecond, s_limits, CancellationToken.None));
            var steps = new QueryAnswer(null);
            for (var at = from; at <= to; at += step * TimeSpan.TicksPerSecond) steps.Add(QueryAnswer.Of(await engine.InstantAsync(expr, at, s_limits, CancellationToken.None)));
            Assert.True(steps.Difference(range) is null, $"{text}: {steps.Difference(range)}");
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Evaluate_RandomConditionsAsPointsArrive_AreTheInstantAtEachStep(int seed)
    {
        var random = new Random(seed);
        var conditions = new RandomConditions(seed);
        // Detectors hold bars back for late points no longer than five seconds.
        var arrivals = QueryWorld.Make().All
            .SelectMany(static one => one.Points.Select(point => (one.Labels, point.Time, point.Value)))
            .Select(one => (Arrives: one.Time + ((random.Next(4) == 0 ? random.Next(-3, 5) : 0) * TimeSpan.TicksPerSecond), one.Labels, one.Time, one.Value))
            .OrderBy(static one => one.Arrives).ToList();
        for (var tree = 0; tree < 20; tree++)
        {
            var text = tree % 3 == 0 ? $"max by (job) ({conditions.Call()}) - 1" : conditions.Condition(2);
            var expr = PromQuery.Parse(text);
            var live = new LiveExpression(expr, s_limits, folds: Folds);
            var twin = new QuerySamples();
            var engine = Engine(twin);
            var places = new Dictionary<LabelSet, int>();
            var next = 0;
            for (var at = QuerySamples.Ticks(QueryWorld.Start + 120.5); next < 4_000; at += random.Next(1, 90) * TimeSpan.TicksPerSecond)
            {
                for (; next < arrivals.Count && arrivals[next].Arrives <= at; next++)
                {
                    var (_, labels, time, value) = arrivals[next];
                    if (!places.TryGetValue(labels, out var place))
                    {
                        places[labels] = place = twin.Begin(labels);
                        if (live.Choices.Any(choice => choice.Matches(labels))) live.Add(place, labels);
                    }

                    twin.Arrive(place, time, value);
                    live.Take(new LiveArrival(place, time, value, QuerySamples.X(time), QuerySamples.Y(time)));
                }

                var expected = QueryAnswer.Of(await engine.InstantAsync(expr, at, s_limits, CancellationToken.None));
                var difference = expected.Difference(QueryAnswer.Of(live.Evaluate(at, CancellationToken.None)));
                Assert.True(difference is null, $"{text} after {next} points: {difference}");
            }
        }
    }

    [Fact]
    public async Task InstantAsync_PatternWithoutAStar_IsOneSeriesExactly()
    {
        var engine = Engine(new QuerySamples().With("a", (10, 1)).With("a{host=x}", (10, 2)).With("a{host=x,zone=y}", (10, 3)));
        await AssertAsync(engine, "last(a, 1)", 20, 1.0);
        await AssertAsync(engine, "last(a{host=x}, 1)", 20, 2.0);
        await AssertAsync(engine, "last(a{host=*}, 1)", 20, 2.0, 3.0);
        await AssertAsync(engine, "a{host=\"x\"}", 20, 2.0, 3.0);
    }

    [Fact]
    public async Task InstantAsync_Polygon_CountsThePointsWithinAlone()
    {
        // A point of a second s lies at (s % 10, s / 10 % 10).
        var engine = Engine(new QuerySamples().With("coords", [.. Enumerable.Range(0, 100).Select(static second => ((double)second, second * 1.0))]));
        await AssertAsync(engine, "count(coords, 1h, within(0 0, 2 0, 2 2, 0 2))", 99, 9.0);
        await AssertAsync(engine, "count(coords, 82s, within(0 0, 2 0, 2 2, 0 2))", 99, 3.0);
        await AssertAsync(engine, "min(coords, 4, within(0 0, 2 0, 2 2, 0 2))", 99, 12.0);
        await AssertAsync(engine, "min(coords, 1h, within(20 20, 21 20, 21 21))", 99);
    }

    [Fact]
    public async Task InstantAsync_PolygonThatAllPointsHaveLeft_CountsZeroUntilThereAreNoPoints()
    {
        var samples = new QuerySamples().With("coords", [.. Enumerable.Range(0, 100).Select(static second => ((double)second, 1.0))]);
        var engine = Engine(samples);
        await AssertAsync(engine, "count(coords, 20s, within(0 0, 9 0, 9 3, 0 3)) < 1", 40);
        foreach (var aggregate in (string[])["count", "sum", "distinct"]) await AssertAsync(engine, $"{aggregate}(coords, 20s, within(0 0, 9 0, 9 3, 0 3))", 70, 0.0);
        await AssertAsync(engine, "mean(coords, 20s, within(0 0, 9 0, 9 3, 0 3))", 70);
        await AssertAsync(engine, "count(coords, 20s, within(0 0, 9 0, 9 3, 0 3)) < 1", 70, 0.0);
        await AssertAsync(engine, "count(coords, 20s, within(0 0, 9 0, 9 3, 0 3)) < 1", 130);
    }

    [Fact]
    public async Task InstantAsync_States_AreToldByTheirTexts()
    {
        var engine = Engine(new QuerySamples().With("pump{n=1}", (10, 0), (20, 1)).With("pump{n=2}", (10, 1), (20, 0)).With("pump{n=3}", (10, 2)).With("pump{n=4}", (10, 77)));
        await AssertAsync(engine, "state(pump{n=*}) == \"run \\\"1\\\"\"", 30, 1.0);
        await AssertAsync(engine, "state(pump{n=*}) != \"run \\\"1\\\"\"", 30, 0.0, 2.0);
        await AssertAsync(engine, "not state(pump{n=*}) == \"run \\\"1\\\"\"", 30, 0.0, 2.0);
        await AssertAsync(engine, "state(pump{n=*}) != \"run \\\"0\\\"\" or state(pump{n=3}) == \"never\"", 30, 1.0, 2.0);
        await AssertAsync(engine, "state(pump{n=*}) == \"never\"", 30);
    }

    [Fact]
    public async Task InstantAsync_Anomaly_IsTheSeriesThatIsStrange()
    {
        (double, double)[] Points(bool isStrange) => [.. Enumerable.Range(0, 2_000).Select(i => (i * 300.0, isStrange && i >= 1_990 ? 500.0 : 10 + Math.Sin(i / 5.0) + (i % 7 / 10.0)))];
        var engine = Engine(new QuerySamples().With("load{host=a}", Points(true)).With("load{host=b}", Points(false)));
        await AssertAsync(engine, "anomaly(load{host=*})", 1_900 * 300);
        var strange = await engine.InstantAsync(PromQuery.Parse("anomaly(load{host=*}) and on (host) last(load{host=*}, 1) > 100"), QuerySamples.Ticks(1_992 * 300), s_limits, CancellationToken.None);
        Assert.Equal("a", Assert.Single(strange.Series).Labels["host"]);
        Assert.InRange(strange.Series[0].Values.Span[0], AnomalyDetector.Anomalous, double.MaxValue);
        Assert.Equal("b", Assert.Single((await engine.InstantAsync(PromQuery.Parse("not anomaly(load{host=*})"), QuerySamples.Ticks(1_992 * 300), s_limits, CancellationToken.None)).Series).Labels["host"]);
    }

    [Fact]
    public async Task InstantAsync_Absent_IsHowLongNothingHasCome()
    {
        var engine = Engine(new QuerySamples().With("done{job=a}", (100, 1)).With("done{job=b}", (190, 1)));
        await AssertAsync(engine, "absent(done{job=*}, 30s)", 200, 100.0);
        await AssertAsync(engine, "not absent(done{job=*}, 30s)", 200, 10.0);
    }

    [Fact]
    public async Task InstantAsync_NotOfSeriesOfOtherNames_IsByTheWholeLabels()
    {
        var engine = Engine(new QuerySamples().With("pump{site=a}", (10, 0)).With("valve{site=a}", (10, 1)).With("valve{kind=x,site=a}", (10, 2)));
        await AssertAsync(engine, "not state(*) == \"run \\\"1\\\"\"", 20, 0.0, 2.0);
        // Both hold of site a, so neither is yielded though their labels differ.
        await AssertAsync(engine, "not (last(pump{site=*}, 1) < 1 and on (site) last(valve{kind=x,site=*}, 1) > 1)", 20);
        await AssertAsync(engine, "not (last(pump{site=*}, 1) < 1 and on (site) last(valve{kind=x,site=*}, 1) > 2)", 20, 2.0);
        await AssertAsync(engine, "not (last(pump{site=*}, 1) > 0 or on (site) last(valve{kind=x,site=*}, 1) > 1)", 20);
    }

    // Each site has a point of each name, so a condition holds of a site or does not, and its negation the other way round.
    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public async Task InstantAsync_RandomNegations_AreOfTheSitesOfWhichTheyDoNotHold(int seed)
    {
        const int Sites = 6;
        string[] names = ["p", "q", "r"];
        var random = new Random(seed);
        var samples = new QuerySamples();
        var values = names.ToDictionary(static name => name, _ => Enumerable.Range(0, Sites).Select(_ => random.Next(10)).ToArray());
        foreach (var name in names)
        {
            for (var site = 0; site < Sites; site++) samples.With($"{name}{{kind={name},site={site}}}", (10, values[name][site]));
        }

        var engine = Engine(samples);
        for (var i = 0; i < 200; i++)
        {
            var (text, holds) = Drawn(4);
            var result = await engine.InstantAsync(PromQuery.Parse($"not ({text})"), QuerySamples.Ticks(20), s_limits, CancellationToken.None);
            Assert.Equal(Enumerable.Range(0, Sites).Where(site => !holds(site)).Select(static site => $"{site}"), result.Series.Select(static one => one.Labels["site"]).Distinct().Order(StringComparer.Ordinal));
        }

        (string Text, Func<int, bool> Holds) Drawn(int depth)
        {
            if (depth == 0 || random.Next(5) == 0)
            {
                var (name, border) = (names[random.Next(names.Length)], random.Next(10));
                return ($"last({name}{{site=*}}, 1) > {border}", site => values[name][site] > border);
            }

            var (left, right) = (Drawn(depth - 1), Drawn(depth - 1));
            return random.Next(3) switch
            {
                0 => ($"(not ({left.Text}))", site => !left.Holds(site)),
                1 => ($"(({left.Text}) and on (site) ({right.Text}))", site => left.Holds(site) && right.Holds(site)),
                _ => ($"(({left.Text}) or on (site) ({right.Text}))", site => left.Holds(site) || right.Holds(site)),
            };
        }
    }

    [Fact]
    public void At_WindowThatWasCutShort_IsRefusedUntilThatIsPast()
    {
        const int Most = 5_000_000;
        var fold = new WindowFold(AggregateSpec.Mean, WindowSpec.Parse("10s"));
        var (times, values) = (new long[Most / 10], new double[Most / 10]);
        for (var block = 0; block <= 10; block++)
        {
            for (var i = 0; i < times.Length; i++) times[i] = QuerySamples.Ticks(100) + (block * times.Length) + i;
            fold.Take(new PlacedPoints(times, values));
        }

        Assert.Throws<QueryException>(() => fold.At(QuerySamples.Ticks(101)));
        Assert.Throws<QueryException>(() => fold.At(QuerySamples.Ticks(110)));
        Assert.False(fold.At(QuerySamples.Ticks(111)).Holds);
        fold.Take(new PlacedPoints(new[] { QuerySamples.Ticks(112) }, new[] { 7.0 }));
        Assert.Equal(7, fold.At(QuerySamples.Ticks(112)).Value);
    }

    [Fact]
    public void Take_WindowsPastTheBound_HoldNoMoreAndHaveNoAnswerAnyMore()
    {
        var live = new LiveExpression(PromQuery.Parse("mean(a{n=*}, 30d)"), s_limits, maxPoints: 5_000);
        for (var series = 0; series < 100; series++)
        {
            Assert.True(SeriesKey.TryParse($"a{{n={series}}}", out var key));
            live.Add(series, LabelSet.Of(key!));
            for (var i = 0; i < 100; i++) live.Take(series, QuerySamples.Ticks(i), i);
            Assert.InRange(live.Held, 1, 5_000);
        }

        Assert.True(live.IsLost);
        foreach (var at in (int[])[100, 200]) Assert.Contains("5,000 points", Assert.Throws<QueryException>(() => live.Evaluate(QuerySamples.Ticks(at), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_PointsThatWaitPastTheBound_GoOnWhereTheirWindowsKeepFew()
    {
        var live = new LiveExpression(PromQuery.Parse("last(a{n=*}, 1)"), s_limits, maxPoints: 5_000);
        live.Reach(QuerySamples.Ticks(10_000));
        for (var series = 0; series < 10; series++)
        {
            Assert.True(SeriesKey.TryParse($"a{{n={series}}}", out var key));
            live.Add(series, LabelSet.Of(key!));
            for (var i = 0; i < 4_000; i++) live.Take(series, QuerySamples.Ticks(i), i);
            Assert.InRange(live.Held, 1, 5_000);
        }

        Assert.Equal(10, live.Evaluate(QuerySamples.Ticks(10_000), CancellationToken.None).Series.Count);
    }

    [Fact]
    public void Lose_APointOfAWindow_IsToldHoweverLateItIsAsked()
    {
        var live = new LiveExpression(PromQuery.Parse("mean(a, 3)"), s_limits);
        live.Add(0, LabelSet.Of(new SeriesKey("a")));
        live.Take(0, QuerySamples.Ticks(1), 1);
        live.Lose(QuerySamples.Ticks(2));
        Assert.Equal(QueryErrorKind.Limit, Assert.Throws<QueryException>(() => live.Evaluate(QuerySamples.Ticks(10_000), CancellationToken.None)).Kind);
    }

    [Fact]
    public void Evaluate_WindowsThatHeldTooMuchAndArePast_AnswerAgain()
    {
        var live = new LiveExpression(PromQuery.Parse("mean(a, 1m) + sum(a, 2m)"), s_limits, maxPoints: 5);
        live.Add(0, LabelSet.Of(new SeriesKey("a")));
        for (var i = 0; i < 3; i++) live.Take(0, QuerySamples.Ticks(i), i);
        Assert.Throws<QueryException>(() => live.Evaluate(QuerySamples.Ticks(10), CancellationToken.None));
        Assert.Empty(live.Evaluate(QuerySamples.Ticks(1_000), CancellationToken.None).Series);
        live.Take(0, QuerySamples.Ticks(1_001), 4);
        Assert.Equal(8, Assert.Single(live.Evaluate(QuerySamples.Ticks(1_002), CancellationToken.None).Series).Values.Span[0]);
    }

    [Fact]
    public void Evaluate_MorePointsThanItMayKeep_SaysSo()
    {
        var live = new LiveExpression(PromQuery.Parse("mean(a, 1h)"), s_limits, maxPoints: 5);
        live.Add(0, LabelSet.Of(new SeriesKey("a")));
        for (var i = 0; i < 8; i++) live.Take(0, QuerySamples.Ticks(i), i);
        Assert.Equal(QueryErrorKind.Limit, Assert.Throws<QueryException>(() => live.Evaluate(QuerySamples.Ticks(10), CancellationToken.None)).Kind);
    }

    [Fact]
    public void Evaluate_PointsAheadOfTheClock_Wait()
    {
        var live = new LiveExpression(PromQuery.Parse("last(a, 3)"), s_limits);
        live.Add(0, LabelSet.Of(new SeriesKey("a")));
        for (var i = 0; i < 6_000; i++) live.Take(0, QuerySamples.Ticks(i), i);
        Assert.Equal(10, live.Evaluate(QuerySamples.Ticks(10), CancellationToken.None).Series[0].Values.Span[0]);
        Assert.Equal(4_000, live.Evaluate(QuerySamples.Ticks(4_000.5), CancellationToken.None).Series[0].Values.Span[0]);
        Assert.InRange(live.Held, 2_000, 2_003);
    }

    private static SeriesFolds Folds { get; } = new(
        static _ =>
        {
            var book = new StateBook(new Limits());
            for (var i = 0; i < 3; i++) Assert.True(book.TryNumber(new SeriesKey("any"), $"run \"{i}\"", out var number) && number == i);
            return book.Find(new SeriesKey("any"));
        },
        LocalClock.Utc);

    private static QueryEngine Engine(QuerySamples samples) => new(samples, TimeProvider.System, Folds);

    private static async Task AssertAsync(QueryEngine engine, string text, double at, params double[] expected)
    {
        var result = await engine.InstantAsync(PromQuery.Parse(text), QuerySamples.Ticks(at), s_limits, CancellationToken.None);
        Assert.Equal(expected, result.Series.OrderBy(static one => one.Labels).Select(static one => one.Values.Span[0]));
    }
}
