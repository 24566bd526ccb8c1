using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>The parts that evidences are made of, each by itself.</summary>
public sealed class DetectionPartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void RatioTailOf_PowerLaw_IsInDecadesOfProbability(double scale)
    {
        var random = new Random(3);
        var tail = new RatioTail();
        for (var i = 0; i < 200_000; i++) tail.Learn(scale * Math.Pow(1 - random.NextDouble(), -1 / 3.0));

        // P(figure > y) = y^-3.
        Assert.InRange(tail.Threshold / scale, 3.2, 4.2);
        Assert.InRange(tail.Of(scale * 10), 2.4, 3.6);
        Assert.InRange(tail.Of(scale * 100), 4.6, 7.4);
    }

    [Fact]
    public void RatioTailOf_WhatWasAlwaysZero_IsInfinitelyRareAndThenLearnt()
    {
        var tail = new RatioTail();
        for (var i = 0; i < 100; i++) tail.Learn(0);

        Assert.Equal(double.PositiveInfinity, tail.Of(1));
        Assert.Equal(0, tail.Of(0));
        tail.Learn(1);
        Assert.InRange(tail.Of(1), 1.6, 1.8);
    }

    [Fact]
    public void SeasonLevels_AnHourSeenForTheFirstTime_IsKnownOnceItIsOver()
    {
        var levels = new SeasonLevels();
        for (var i = 0; i < 12; i++) levels.Learn(5, 10);
        Assert.Equal(double.NaN, levels.OfDay(5));
        Assert.Equal(double.PositiveInfinity, levels.Distance(5, 10));
        levels.Learn(6, 20);

        Assert.Equal(10, levels.OfDay(5));
        Assert.Equal(10, levels.OfWeek(5));
        // The same hour a day later: known of the day, not of the week.
        levels.Learn(29, 11);
        Assert.InRange(levels.OfDay(29), 10, 10.5);
        Assert.Equal(double.NaN, levels.OfWeek(29));
        Assert.Equal(10, levels.OfWeek(5));
    }
}
