using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>What the detector of a series holds and how long it learns.</summary>
public sealed class DetectorStateTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(3_600)]
    public void Push_FromItsFirstPointOn_HoldsAtMostFourKilobytes(int seconds)
    {
        const int most = 4_096;
        var random = new Random(1);
        Feed(new AnomalyDetector(lateness: TimeSpan.FromSeconds(5)), 2_000, seconds, random);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // All that it ever allocates, which is more than it holds at any time.
        Feed(new AnomalyDetector(lateness: TimeSpan.FromSeconds(5)), 100_000 / seconds * 30, seconds, random);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1_000, most);
    }

    private static void Feed(AnomalyDetector detector, int points, int seconds, Random random)
    {
        for (var i = 0; i < points; i++) detector.Push(i * seconds * TimeSpan.TicksPerSecond, 10 + random.NextDouble());
    }
}
