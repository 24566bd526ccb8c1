using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

public sealed class TrendWatchTests
{
    [Fact]
    public void TimeTo_ADiskThatFills_IsToldInDaysAndHours()
    {
        // 1 % an hour, at 24 % now: 76 hours to go.
        var trend = Fed(289, static i => i / 12.0);

        var reach = trend.TimeTo(100, 0);

        Assert.InRange(reach.At!.Value.TotalHours, 75.5, 76.5);
        Assert.Matches("^in 3 d [34] h", reach.ToString());
    }

    [Fact]
    public void TimeTo_NoiseOnTheWay_LiesBetweenSoonestAndLatest()
    {
        var random = new Random(3);
        var reach = Fed(600, i => (i / 12.0) + random.NextDouble()).TimeTo(100, 0);

        Assert.InRange(reach.At!.Value.TotalHours, 48, 52);
        Assert.True(reach.Soonest <= reach.At && reach.At <= reach.Latest);
    }

    [Fact]
    public void TimeTo_AfterItWasEmptied_GoesByWhatCameSince()
    {
        // Filled for a day, emptied, and filling half as fast since.
        var reach = Fed(576, static i => i < 288 ? i / 10.0 : (i - 288) / 20.0).TimeTo(100, 0);

        Assert.InRange(reach.At!.Value.TotalHours, (100 - 14.4) * 20 / 12 * 0.95, (100 - 14.4) * 20 / 12 * 1.05);
    }

    [Fact]
    public void TimeTo_WhatFallsAway_IsNotAsItGoesNow() => Assert.Equal("not as it goes now", Fed(300, static i => 100 - (i / 12.0)).TimeTo(200, 0).ToString());

    [Fact]
    public void TimeTo_ConstantSeries_IsNotAsItGoesNow() => Assert.Equal(TrendWatch.Furthest, Fed(300, static _ => 5).TimeTo(200, 0).At);

    [Fact]
    public void TimeTo_NoiseWithoutADirection_CannotBeTold()
    {
        var random = new Random(5);

        Assert.Null(Fed(600, _ => random.NextDouble()).TimeTo(100, 0).At);
    }

    [Fact]
    public void TimeTo_ManyTimesThePastKnown_CannotBeTold() => Assert.Null(Fed(48, static i => i * 0.001).TimeTo(100, 0).At);

    [Fact]
    public void TimeTo_TooFewBars_CannotBeTold() => Assert.Null(Fed(10, static i => i).TimeTo(100, 0).At);

    [Fact]
    public void TimeTo_AWeekOfBars_IsToldToTheMinute()
    {
        // The line stands where the newest bar is, not in the middle of the last stretch that was averaged.
        var reach = Fed(2_048, static i => i / 24.0).TimeTo(100, Newest(2_048));

        Assert.InRange(reach.At!.Value.TotalMinutes, ((2_400 - 2_047) * 5) - 1, ((2_400 - 2_047) * 5) + 1);
    }

    [Fact]
    public void TimeTo_AskedHoursLater_CountsFromThen()
    {
        var trend = Fed(289, static i => i / 12.0);
        var then = trend.TimeTo(100, Newest(289));
        var later = trend.TimeTo(100, Newest(289) + (5 * TimeSpan.TicksPerHour));

        Assert.Equal(then.At - TimeSpan.FromHours(5), later.At);
        Assert.Equal(then.Soonest - TimeSpan.FromHours(5), later.Soonest);
        Assert.Equal(TimeSpan.Zero, trend.TimeTo(24.5, Newest(289) + (5 * TimeSpan.TicksPerHour)).At);
        Assert.Equal(TrendWatch.Furthest, trend.TimeTo(-5, Newest(289) + (5 * TimeSpan.TicksPerHour)).At);
    }

    [Fact]
    public void TimeTo_SilentForLongerThanTheLine_CannotBeTold() =>
        Assert.Equal("cannot be told: its past is not a straight line, or ended long ago", Fed(289, static i => i / 12.0).TimeTo(100, Newest(289) + (25 * TimeSpan.TicksPerHour)).ToString());

    private static long Newest(int bars) => (bars - 1) * 5 * TimeSpan.TicksPerMinute;

    private static TrendWatch Fed(int bars, Func<int, double> value)
    {
        var trend = new TrendWatch();
        for (var i = 0; i < bars; i++) trend.Take(new JudgedBar(i * 5 * TimeSpan.TicksPerMinute, 0, double.NaN, double.NaN, value(i), 0));
        return trend;
    }
}
