using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class WindowBorderTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Noon = 638_000_064_000_000_000;

    [Fact]
    public void TimeWindow_PointExactlyItsSpanAgo_IsOut()
    {
        var window = Window("30s");
        window.Add(Noon, 1);
        window.Add(Noon + 1, 2);
        window.Add(Noon + (30 * Second), 3);

        Assert.Equal((2, 2.0, 3.0), (window.Summarize().Count, window.Summarize().First, window.Summarize().Last));
    }

    [Fact]
    public void TimeWindow_SpanShorterThanLateness_PointBehindItsStartChangesNothingAndIsNotLate()
    {
        var window = Window("1s");
        window.Add(Noon, 1);
        window.Add(Noon - (3 * Second), 9);

        Assert.Equal((1, 0L, 1.0), (window.Count, window.LateCount, window.Summarize().Mean));
    }

    [Theory]
    [InlineData("30s")]
    [InlineData("500")]
    [InlineData("tumbling 1m")]
    [InlineData("session 30s")]
    public void Add_AtTheLatenessBorder_CountsAndOneTickFurtherIsLate(string spec)
    {
        var window = Window(spec);
        window.Add(Noon + (20 * Second), 1);
        window.Add(Noon + (15 * Second), 2);
        Assert.Equal((2, 0L), (window.Count, window.LateCount));

        window.Add(Noon + (15 * Second) - 1, 3);
        Assert.Equal((2, 1L), (window.Count, window.LateCount));
        Assert.Equal((2.0, 1.0), (window.Summarize().First, window.Summarize().Last));
    }

    [Fact]
    public void Add_NoLateness_EqualTimesCountAndOlderAreLate()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("10"), new WindowOptions { AllowedLateness = TimeSpan.Zero });
        window.Add(Noon, 1);
        window.Add(Noon, 2);
        window.Add(Noon - 1, 3);

        Assert.Equal((2, 1L, 1.0, 2.0), (window.Count, window.LateCount, window.Summarize().First, window.Summarize().Last));
    }

    [Fact]
    public void CountWindow_OlderPointComesIntoAFullWindow_DroppedUnlessNewerThanTheOldest()
    {
        var window = Window("3");
        foreach (var second in new[] { 1, 3, 5 }) window.Add(Noon + (second * Second), second);
        window.Add(Noon + Second, 10);
        Assert.Equal([10, 3, 5], Values(window));

        window.Add(Noon, 11);
        Assert.Equal([10, 3, 5], Values(window));

        window.Add(Noon + (4 * Second), 4);
        Assert.Equal([3, 4, 5], Values(window));
    }

    [Fact]
    public void AdvanceTo_QuietSeries_TimeWindowEmptiesAndCountWindowDoesNot()
    {
        var (time, count) = (Window("30s"), Window("500"));
        foreach (var window in new[] { time, count })
        {
            window.Add(Noon, 1);
            window.AdvanceTo(Noon + (30 * Second) - 1);
            Assert.Equal(1, window.Count);
            window.AdvanceTo(Noon + (30 * Second));
        }

        Assert.Equal((0, 1), (time.Count, count.Count));
        Assert.Equal(WindowSummary.Empty, time.Summarize());
        Assert.Equal(Noon + (30 * Second), time.Now);
    }

    [Fact]
    public void AdvanceTo_ClockFarAheadOfTheSource_NextPointCountsWithThoseBefore()
    {
        // A replay of old data: the wall clock must neither shut it out nor make its points late.
        var window = Window("30s");
        window.Add(Noon, 1);
        window.AdvanceTo(Noon + (3600 * Second));
        Assert.Equal(0, window.Count);

        window.Add(Noon + Second, 2);

        Assert.Equal((2, 0L, Noon + Second), (window.Count, window.LateCount, window.Now));
    }

    [Fact]
    public void AdvanceTo_LongSilence_PointsAreGivenBackAndTheWindowWorksOn()
    {
        var log = new PointLog(5 * Second);
        var window = new LogWindow(log, WindowSpec.Parse("30s"), WindowOptions.Default);
        for (var i = 0; i < 10_000; i++) window.Add(Noon + i, i % 7);
        Assert.Equal(10_000, window.Evaluate(AggregateSpec.Count));
        window.Evaluate(AggregateSpec.Parse("p99"));

        for (var i = 1; i <= 40; i++) window.AdvanceTo(Noon + (i * Second));

        Assert.True(log.IsEmpty);
        window.Add(Noon + (60 * Second), 5);
        Assert.Equal((1, 5.0, 5.0), (window.Count, window.Summarize().Mean, window.Evaluate(AggregateSpec.Parse("p99"))));
    }

    [Fact]
    public void IsFull_ByKind_WhenNothingOfTheSpanIsUnknown()
    {
        var (count, time, tumbling) = (Window("3"), Window("3s"), Window("tumbling 10s"));
        bool[] expectedCount = [false, false, true, true, true];
        bool[] expectedTime = [false, false, false, true, true];
        for (var i = 0; i < 5; i++)
        {
            foreach (var window in new[] { count, time, tumbling }) window.Add(Noon + Second + (i * Second), i);
            Assert.Equal((expectedCount[i], expectedTime[i], false), (count.IsFull, time.IsFull, tumbling.IsFull));
        }

        tumbling.Add(Noon + (10 * Second), 1);
        Assert.True(tumbling.IsFull);
        var restarted = Window("3s");
        restarted.TellKnownSince(Noon - Second);
        restarted.Add(Noon + (2 * Second), 1);
        Assert.True(restarted.IsFull);
    }

    [Fact]
    public void SessionWindow_LatePointBridgesTwoSessions_TheyBecomeOne()
    {
        var window = Window("session 3s");
        for (var i = 0; i < 200; i++) window.Add(Noon + (i * Second / 100), i);
        window.Add(Noon + (6 * Second), 1000);
        Assert.Equal(1, window.Count);

        window.Add(Noon + (4 * Second), 500);

        Assert.Equal((202, 0.0, 1000.0), (window.Count, window.Summarize().First, window.Summarize().Last));
    }

    [Fact]
    public void TimeWindow_MorePointsThanItMayHold_OldestLeaveAndAreCounted()
    {
        var window = SlidingWindow.Create(WindowSpec.Parse("1h"), new WindowOptions { MaxPoints = 100 });
        for (var i = 0; i < 250; i++) window.Add(Noon + i, i);

        Assert.Equal((100, 150L, 150.0), (window.Count, window.TruncatedCount, window.Summarize().First));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Add_TimeThatIsNone_Refused(long ticks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Window("30s").Add(ticks, 1));

    private static SlidingWindow Window(string spec) => SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default);

    private static double[] Values(SlidingWindow window)
    {
        var values = new double[window.Count];
        window.CopyTo(new long[window.Count], values);
        return values;
    }
}
