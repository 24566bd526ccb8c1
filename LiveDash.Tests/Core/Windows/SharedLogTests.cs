using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class SharedLogTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private static readonly string[] Specs = ["1", "50", "777", "1s", "30s", "5m", "tumbling 1m", "hopping 5m/30s", "session 2s", "1h"];

    [Fact]
    public void SeriesWindows_TenWindowsOverOneLog_EachSameAsRecompute()
    {
        var lateness = TimeSpan.FromSeconds(2);
        var series = new SeriesWindows(lateness);
        var windows = Specs.Select(s => series.Attach(WindowSpec.Parse(s), WindowOptions.Default)).ToArray();
        var plain = Specs.Select(s => new PlainWindow(WindowSpec.Parse(s), lateness)).ToArray();
        var median = AggregateSpec.Parse("p50");
        foreach (var (time, value) in Stream(21, 3000))
        {
            series.Add(time, value);
            foreach (var oracle in plain) oracle.Add(time, value);
            if (value % 17 > 1) continue;
            for (var i = 0; i < windows.Length; i++)
            {
                var points = plain[i].Points();
                PlainWindow.AssertSame(points, windows[i].Summarize(), Specs[i]);
                Assert.Equal(PlainAggregates.Percentile(points.Select(p => p.Value).ToArray(), 50), windows[i].Evaluate(median), 9);
            }
        }

        Assert.Equal(plain[0].Late, series.LateCount);
    }

    [Fact]
    public void Attach_ToARunningSeries_SeesThePointsStillHeld()
    {
        var series = new SeriesWindows(TimeSpan.FromSeconds(5));
        series.Attach(WindowSpec.Parse("1000"), WindowOptions.Default);
        for (var i = 0; i < 5000; i++) series.Add(i * Second, i);

        var window = series.Attach(WindowSpec.Parse("100s"), WindowOptions.Default);
        Assert.Equal((100, 4900.0), (window.Count, window.Summarize().First));

        series.Detach(window);
        Assert.Equal(1, series.Count);
        Assert.Throws<ArgumentException>(() => series.Detach(SlidingWindow.Create(WindowSpec.Last(1), WindowOptions.Default)));
    }

    [Fact]
    public void Detach_WhileTimeRunsAhead_KeepsWhatIsNeededOnceAPointSetsItBack()
    {
        var series = new SeriesWindows(TimeSpan.FromSeconds(5));
        var minute = series.Attach(WindowSpec.Parse("1m"), WindowOptions.Default);
        var other = series.Attach(WindowSpec.Parse("10s"), WindowOptions.Default);
        for (var i = 0; i < 6000; i++) series.Add(i * Second / 50, 1);

        series.AdvanceTo((120 + 9) * Second);
        series.Detach(other);
        series.Add(120 * Second, 1);

        Assert.Equal(3000, minute.Count);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("1000")]
    [InlineData("20s")]
    [InlineData("session 2s")]
    public void AddRange_AnySplit_SameAsOneByOne(string spec)
    {
        var points = Stream(22, 4000).ToArray();
        var times = points.Select(p => p.Time).ToArray();
        var values = points.Select(p => p.Value).ToArray();
        var random = new Random(23);
        var (single, batched) = (Window(spec), Window(spec));
        var percentile = AggregateSpec.Parse("p90");
        for (var at = 0; at < points.Length;)
        {
            var n = Math.Min(points.Length - at, random.Next(3) == 0 ? random.Next(300) : random.Next(20));
            for (var i = at; i < at + n; i++) single.Add(times[i], values[i]);
            batched.AddRange(times.AsSpan(at, n), values.AsSpan(at, n));
            at += n;
            var (a, b) = (single.Summarize(), batched.Summarize());
            Assert.Equal((a.Count, a.Min, a.Max, a.First, a.Last, a.FirstTime, a.LastTime), (b.Count, b.Min, b.Max, b.First, b.Last, b.FirstTime, b.LastTime));
            PlainWindow.Close(a.Mean, b.Mean, Math.Abs(a.Mean), "mean");
            PlainWindow.Close(a.Std, b.Std, a.Std, "std");
            Assert.Equal(single.Evaluate(percentile), batched.Evaluate(percentile));
            Assert.Equal(single.LateCount, batched.LateCount);
        }
    }

    [Fact]
    public void AddRange_FaultyPoint_ThoseBeforeItWereTaken()
    {
        var window = Window("100");
        for (var i = 0; i < 10; i++) window.Add(i, 1);

        Assert.Throws<ArgumentException>(() => window.AddRange([10, 11, 12, 13, 14, 15, 16], [2, 3, 4, 5, 6, double.NaN, 7]));
        Assert.Throws<ArgumentException>(() => window.AddRange([1, 2], [1]));

        Assert.Equal((15, 6.0), (window.Count, window.Summarize().Last));
    }

    [Fact]
    public void Restart_StoredPointsGivenInOrderOfArrival_SameWindowsAsBefore()
    {
        foreach (var spec in Specs)
        {
            var stream = Stream(24, 2000).ToArray();
            var before = Window(spec);
            foreach (var (time, value) in stream) before.Add(time, value);
            var after = Window(spec);
            var since = before.Now - WindowSpec.Parse("2h").Size.Ticks;
            foreach (var (time, value) in stream.Where(p => p.Time > since)) after.Add(time, value);

            var (a, b) = (before.Summarize(), after.Summarize());
            Assert.Equal((a.Count, a.Min, a.Max, a.First, a.Last), (b.Count, b.Min, b.Max, b.First, b.Last));
            PlainWindow.Close(a.Std, b.Std, a.Std, spec);
        }
    }

    private static IEnumerable<(long Time, double Value)> Stream(int seed, int count)
    {
        var random = new Random(seed);
        var clock = 638_000_000_000_000_000L;
        for (var i = 0; i < count; i++)
        {
            clock += random.Next(8) switch { 0 => 0, 1 => Second, _ => random.Next(1_000_000) };
            if (random.Next(300) == 0) clock += 3 * Second;
            yield return (random.Next(12) == 0 ? clock - (random.Next(5) * Second / 2) : clock, random.Next(200) + (random.Next(2) * 0.5));
        }
    }

    private static SlidingWindow Window(string spec) => SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default);
}
