using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

public sealed class BarForecasterTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;
    private static readonly long s_monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("day")]
    [InlineData("week")]
    [InlineData("trend")]
    [InlineData("walk")]
    [InlineData("period")]
    [InlineData("shift")]
    [InlineData("calmer")]
    [InlineData("exponential")]
    [InlineData("bursts")]
    public void Now_AfterWeeks_BeatsTheSeasonalNaiveAndItsBandHolds(string kind)
    {
        foreach (var horizon in new[] { TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6) })
        {
            // The last week has but 28 stretches of six hours, in each of which all errors of a random walk go together: no figure to test.
            if (kind == "walk" && horizon > TimeSpan.FromHours(1)) continue;
            var said = Fed(kind, horizon, 288 * 42).Now;

            Assert.True(said.IsKnown);
            Assert.True(said.Mase < 1, $"{kind} {horizon}: MASE {said.Mase:F3}");
            Assert.InRange(said.Coverage, 0.92, 0.98);
            Assert.True(said.Low < said.Value && said.Value < said.High);
        }
    }

    [Fact]
    public void Now_DailySeries_FindsTheDayAndLooksAsFarAsAsked()
    {
        var said = Fed("day", TimeSpan.FromHours(6), 288 * 21).Now;

        Assert.Contains(said.Season, new[] { TimeSpan.FromDays(1), TimeSpan.FromDays(7) });
        var last = s_monday + (((288 * 21) - 2) * s_step);
        Assert.InRange(said.At - last, TimeSpan.FromHours(6).Ticks, TimeSpan.FromHours(6).Ticks + (2 * s_step));
    }

    [Fact]
    public void Now_APeriodOfItsOwn_IsFound() => Assert.Equal(TimeSpan.FromMinutes(5 * 70), Fed("period", TimeSpan.FromHours(1), 288 * 21).Now.Season);

    [Fact]
    public void Now_BeforeEnoughWasCompared_IsUnknown()
    {
        var said = Fed("day", TimeSpan.FromHours(1), 55).Now;

        Assert.False(said.IsKnown);
        Assert.True(said.Judged < Prediction.LeastJudged);
    }

    [Fact]
    public void Now_WhatTheBestModelNeedsIsMissing_IsToldByTheOthers()
    {
        // Another pattern each day of the week, which a week before tells best; a day of it is missing.
        const int days = 42;
        var forecaster = new BarForecaster(TimeSpan.FromHours(1));
        var said = new Dictionary<int, Prediction>();
        for (var i = 0; i < (days + 8) * 288; i++)
        {
            if (i / 288 == days) continue;
            forecaster.Take(Bar(i, new Random(i % 2_016).NextDouble() > 0.5 ? 100 : 0));
            if (i % 288 == 144) said[i / 288] = forecaster.Now;
        }

        Assert.InRange(said[days - 1].Mase, 0, 0.05);
        // A week after the day that is missing.
        Assert.True(said[days + 7].IsKnown);
        Assert.Equal(TimeSpan.FromMinutes(5), forecaster.Bar);
    }

    [Theory]
    [InlineData(5, 0, 305)]
    [InlineData(60, 40, 0)]
    [InlineData(1_440, 400, 0)]
    public void IsKnownAt_HorizonOfABar_HoldsUntilTheNextBarIsKnown(int minutes, int offset, int knownAfterSeconds)
    {
        var (step, after) = (minutes * TimeSpan.TicksPerMinute, knownAfterSeconds * TimeSpan.TicksPerSecond);
        var forecaster = new BarForecaster(TimeSpan.FromTicks(step));
        for (var i = 0; i < 200; i++)
        {
            var began = s_monday + (i * step) + (offset * TimeSpan.TicksPerMinute);
            forecaster.Take(Bar(0, 10 + (i % 3)) with { Began = began });
            if (i < 100) continue;
            Assert.True(forecaster.Now.IsKnownAt(began + after));
            Assert.True(forecaster.Now.IsKnownAt(began + step + after - 1));
        }

        // Silent since.
        Assert.False(forecaster.Now.IsKnownAt(s_monday + (203 * step)));
    }

    [Theory]
    [InlineData(1e39)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    public void Take_OneValueBeyondItsDigits_IsTakenForMissing(double wild)
    {
        var forecaster = new BarForecaster(TimeSpan.FromHours(1));
        for (var i = 0; i < 288 * 10; i++) forecaster.Take(Bar(i, i is 3 or 288 * 8 ? wild : 10 + (i % 5)));

        Assert.True(forecaster.Now.IsKnown);
        Assert.InRange(forecaster.Now.Value, 10, 14);
        Assert.InRange(forecaster.Now.High - forecaster.Now.Low, 0, 10);
        Assert.True(double.IsFinite(forecaster.Now.Mase));
    }

    [Fact]
    public void Take_AfterItsFirstBars_AllocatesNothingButWhatItSays()
    {
        var forecaster = Fed("day", TimeSpan.FromHours(1), 288 * 8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) forecaster.Take(Bar((288 * 8) + i, i));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 160);
    }

    private static BarForecaster Fed(string kind, TimeSpan horizon, int bars)
    {
        var forecaster = new BarForecaster(horizon);
        var random = new Random(7);
        var walk = 0.0;
        for (var i = 0; i < bars; i++)
        {
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            walk += noise;
            var day = 20 * Math.Sin(2 * Math.PI * i / 288);
            var value = kind switch
            {
                "day" => 100 + day + noise,
                "week" => 100 + (day * (i / 288 % 7 < 5 ? 1 : 0.2)) + noise,
                "trend" => (0.01 * i) + noise,
                "walk" => walk,
                "calmer" => 100 + day + (noise * (i < bars / 2 ? 5 : 1)),
                "exponential" => -Math.Log(1 - random.NextDouble()),
                // Half an hour of work nearly each two hours of the mornings, else nothing.
                "bursts" => i % 288 < 144 && i % 24 < 6 && (i / 24 * 7919 % 10) < 8 ? 1e7 * (1 + (0.2 * noise)) : 0,
                "period" => 50 + (10 * Math.Sin(2 * Math.PI * i / 70)) + noise,
                _ => (i < bars / 2 ? 10 : 60) + day + noise,
            };
            forecaster.Take(Bar(i, value));
        }

        return forecaster;
    }

    private static JudgedBar Bar(int i, double value) => new(s_monday + (i * s_step), value, double.NaN, double.NaN, value, 0);
}
