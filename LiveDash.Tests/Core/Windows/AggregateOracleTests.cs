using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class AggregateOracleTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    private static readonly string[] Names =
    [
        "count", "sum", "variance", "range", "delta", "increase", "r2", "p0", "p25", "p50", "p90", "p95", "p99", "p99.9", "p100", "distinct",
        "above 50", "below 50", "mad", "zscore", "ewma 2s", "ewma 30s", "twmean",
    ];

    public static TheoryData<string, double> Streams
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (var spec in new[] { "1", "2", "7", "64", "150", "400", "3s", "1m", "tumbling 20s", "hopping 1m/7s", "session 3s" })
            {
                data.Add(spec, 0);
                data.Add(spec, 0.15);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Evaluate_EveryAggregate_SameAsRecomputeAtEveryStep(string text, double disorder)
    {
        var specs = Names.Select(AggregateSpec.Parse).ToArray();
        var window = SlidingWindow.Create(WindowSpec.Parse(text), new WindowOptions { Needs = specs });
        var plain = new PlainWindow(window.Spec, TimeSpan.FromSeconds(5));
        var random = new Random(7);
        var clock = 638_000_000_000_000_000L;
        for (var i = 0; i < 600; i++)
        {
            clock += random.Next(3) switch { 0 => 0, 1 => Second / 2, _ => random.Next(5_000_000) };
            if (random.Next(100) == 0) clock += 5 * Second;
            if (random.Next(30) == 0)
            {
                window.AdvanceTo(clock + 4 * Second);
                plain.AdvanceTo(clock + 4 * Second);
            }
            else
            {
                var time = random.NextDouble() < disorder ? clock - random.Next(6) * Second : clock;
                var value = random.Next(3) == 0 ? random.Next(100) : random.NextDouble() * 100;
                window.Add(time, value);
                plain.Add(time, value);
            }

            var points = plain.Points();
            for (var k = 0; k < specs.Length; k++) AssertClose(PlainAggregates.Of(Names[k], points, plain.Now), window.Evaluate(specs[k]), $"{text} {Names[k]} step {i}");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("3s")]
    [InlineData("tumbling 10s")]
    [InlineData("hopping 25s/10s")]
    [InlineData("session 3s")]
    public void Evaluate_EverySmallStreamAndAggregate_SameAsRecompute(string text)
    {
        // Every sequence of four moves out of six: equal time, one and four seconds on, one and six seconds back, time alone passes.
        long[] moves = [0, Second, 4 * Second, -Second, -6 * Second, 7 * Second];
        var specs = Names.Select(AggregateSpec.Parse).ToArray();
        for (var code = 0; code < 1296; code++)
        {
            var window = SlidingWindow.Create(WindowSpec.Parse(text), new WindowOptions { Needs = specs });
            var plain = new PlainWindow(window.Spec, TimeSpan.FromSeconds(5));
            var time = 1000 * Second;
            for (var (step, rest) = (0, code); step < 4; step++, rest /= 6)
            {
                time += moves[rest % 6];
                if (rest % 6 == 5)
                {
                    window.AdvanceTo(time);
                    plain.AdvanceTo(time);
                }
                else
                {
                    // Above and below the thresholds, and one value twice.
                    var value = 20.0 * ((step * 3 % 4) + 1 - (step / 3));
                    window.Add(time, value);
                    plain.Add(time, value);
                }

                // Trackers are asked at every step or at the last alone.
                if (code % 2 == 1 && step < 3) continue;
                var points = plain.Points();
                for (var k = 0; k < specs.Length; k++) AssertClose(PlainAggregates.Of(Names[k], points, plain.Now), window.Evaluate(specs[k]), $"{text} {Names[k]} stream {code} step {step}");
            }
        }
    }

    [Fact]
    public void Evaluate_NeverDeclaredAndAskedRarely_SameAsRecompute()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("300"), WindowOptions.Default);
        var plain = new PlainWindow(window.Spec, TimeSpan.FromSeconds(5));
        var random = new Random(8);
        for (var i = 0; i < 3000; i++)
        {
            var time = (1000 * Second) + (i * Second / 10) - (random.Next(5) == 0 ? random.Next(4) * Second : 0);
            var value = random.Next(50);
            window.Add(time, value);
            plain.Add(time, value);
            if (random.Next(200) != 0) continue;
            foreach (var name in Names) AssertClose(PlainAggregates.Of(name, plain.Points(), plain.Now), window.Evaluate(AggregateSpec.Parse(name)), $"{name} step {i}");
        }
    }

    [Fact]
    public void Percentile_AcrossTheExactLimit_ExactThenWithinTheStatedError()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("15000"), WindowOptions.Default);
        var random = new Random(9);
        var all = new List<double>();
        string[] names = ["p0", "p1", "p25", "p50", "p90", "p99", "p99.9", "p100"];
        for (var i = 0; i < 40_000; i++)
        {
            // Both signs, zeros and twelve decades.
            var value = random.Next(20) == 0 ? 0 : (random.Next(3) == 0 ? -1 : 1) * Math.Pow(10, (random.NextDouble() * 12) - 6);
            window.Add(1000 * Second + i, value);
            all.Add(value);
            if (i % 2500 != 2499) continue;
            var sorted = all.TakeLast(15_000).Order().ToArray();
            foreach (var name in names)
            {
                var percent = double.Parse(name[1..]);
                var actual = window.Evaluate(AggregateSpec.Parse(name));
                var exact = PlainAggregates.Percentile(sorted, percent);
                if (sorted.Length <= 10_000)
                {
                    AssertClose(exact, actual, $"{name} of {sorted.Length}");
                    continue;
                }

                var rank = (int)(percent / 100 * (sorted.Length - 1));
                var size = Math.Max(Math.Abs(sorted[rank]), Math.Abs(sorted[Math.Min(rank + 1, sorted.Length - 1)]));
                Assert.True(Math.Abs(exact - actual) <= (QuantileSketch.RelativeError + 1e-9) * size, $"{name}: {exact} expected, {actual} came");
            }
        }
    }

    [Fact]
    public void Histogram_ValuesOnEdges_HalfOpenWithTheLastClosed()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("100"), WindowOptions.Default);
        double[] values = [-1, 0, 0.5, 1, 1.5, 2, 3, 3.1];
        for (var i = 0; i < values.Length; i++) window.Add(i, values[i]);
        var counts = new long[3];

        window.Histogram([0, 1, 2, 3], counts);

        Assert.Equal([2, 2, 2], counts);
    }

    [Fact]
    public void Forecast_RampSeasonAndOutlier_FollowsWithinItsBand()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("500"), WindowOptions.Default);
        var noise = new Random(10);
        var (low, high) = (AggregateSpec.Parse("forecast_low 12"), AggregateSpec.Parse("forecast_high 12"));
        var outside = 0;
        for (var i = 0; i < 2000; i++)
        {
            var value = (0.01 * i) + (10 * Math.Sin(i * Math.PI / 6)) + noise.NextDouble();
            if (i > 500 && (value < window.Evaluate(low) || value > window.Evaluate(high))) outside++;
            window.Add(i * Second, value);
        }

        Assert.InRange(outside, 0, 30);
        var next = 20 + (10 * Math.Sin(2000 * Math.PI / 6)) + 0.5;
        Assert.InRange(window.Evaluate(AggregateSpec.Parse("forecast 12")), next - 1, next + 1);
        Assert.InRange(window.Evaluate(high) - window.Evaluate(low), 1, 6);
    }

    [Fact]
    public void Evaluate_EmptyWindow_ZeroCountAndNothingElse()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("5s"), WindowOptions.Default);

        foreach (var name in Names.Append("forecast")) Assert.Equal(name is "count" or "sum" or "distinct" ? 0 : double.NaN, window.Evaluate(AggregateSpec.Parse(name)));
    }

    private static void AssertClose(double expected, double actual, string what)
    {
        if (double.IsNaN(expected) || Math.Abs(expected) > 1e15) Assert.True(expected.Equals(actual) || Math.Abs(actual) > 1e12, $"{what}: {expected:R} expected, {actual:R} came");
        else Assert.True(Math.Abs(expected - actual) <= 1e-9 * (100 + Math.Abs(expected)), $"{what}: {expected:R} expected, {actual:R} came");
    }
}
