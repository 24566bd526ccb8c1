using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Tests.Core.Engine;

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
        Allocated(seconds, 2_000);

        // All that it ever allocates, which is more than it holds at any time; the lesser of two, as what runs for the first time has costs of its own.
        var points = 100_000 / seconds * 30;
        Assert.InRange(Math.Min(Allocated(seconds, points), Allocated(seconds, points)), 1_000, most);
    }

    [Fact]
    public void AcquireDetector_OfManySeriesBeforeTheirFirstPoint_MakesAtMostFourKilobytesEachInTheEngine()
    {
        const int most = 4_096, series = 2_000;
        var harness = new EngineHarness();
        var shard = harness.Engine.Shards[0];
        Acquire(shard, 0, series);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // All that is allocated for a rule that asks a detector of each, which is more than is held.
        Acquire(shard, series, 2 * series);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / series, 1_000, most);
    }

    private static void Acquire(EngineShard shard, int from, int to)
    {
        for (var one = from; one < to; one++) shard.Detectors.AcquireDetector(one);
    }

    private static long Allocated(int seconds, int points)
    {
        var random = new Random(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(new AnomalyDetector(lateness: TimeSpan.FromSeconds(5)), points, seconds, random);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Feed(AnomalyDetector detector, int points, int seconds, Random random)
    {
        for (var i = 0; i < points; i++) detector.Push(i * seconds * TimeSpan.TicksPerSecond, 10 + random.NextDouble());
    }
}
