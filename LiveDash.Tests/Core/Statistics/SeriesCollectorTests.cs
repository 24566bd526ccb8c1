using LiveDash.Core.Plots.Kinds;
using LiveDash.Core.Statistics;

namespace LiveDash.Tests.Core.Statistics;

/// <summary>What rows come to that stand for several points each.</summary>
public sealed class SeriesCollectorTests
{
    private const double Huge = double.MaxValue;

    // A sum of one row that overflowed, sums that overflow together, and both signs.
    [Theory]
    [InlineData(double.PositiveInfinity, Huge, Huge, Huge, Huge)]
    [InlineData(Huge, Huge / 2, Huge, Huge / 2, Huge / 2)]
    [InlineData(double.NegativeInfinity, -Huge, -Huge, Huge, 0)]
    [InlineData(6, 3, 3, 3, 3)]
    public void Summarize_SumsThatOverflow_StaysFinite(double sum, double least, double greatest, double other, double mean)
    {
        var clock = new ZoneClock(TimeZoneInfo.Utc);
        var collector = new SeriesCollector(0, new BucketMeans(0, TimeSpan.TicksPerHour, 2));
        collector.Add(0, greatest, least, greatest, sum, 2, clock);
        collector.Add(1, other, clock);
        collector.Add(2, other, clock);
        collector.Sort();

        var found = collector.Summarize(HistogramBins.Over(collector.Min, collector.Max, collector.Count, 10));

        Assert.Equal(4, found.Count);
        Assert.True(double.IsFinite(found.Mean));
        Assert.InRange(found.Mean / Huge, (mean / Huge) - 1e-12, (mean / Huge) + 1e-12);
        Assert.True(double.IsFinite(collector.Buckets[0]));
        Assert.All(found.Week, static hour => Assert.True(hour.Count == 0 || double.IsFinite(hour.Mean)));
    }
}
