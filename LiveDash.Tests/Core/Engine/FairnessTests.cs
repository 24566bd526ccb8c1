using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Engine;

/// <summary>A noisy series does not hold back what a quiet one shows, a slow reader does not hold back the writer, and a step publishes what changed alone.</summary>
public class FairnessTests
{
    private const int BatchPoints = 8_192;

    [Fact]
    public void Step_QuietPointBehindNoisyOnes_IsShownLongBeforeAllNoiseIsHandled()
    {
        var harness = new EngineHarness(options: new EngineOptions { QueueBatches = 1_000 });
        using var quiet = harness.Engine.LeaseWindow(1, WindowSpec.Last(10), []);
        harness.Step();
        PostNoise(harness, batches: 8);
        harness.Post((1, harness.Now, 5));
        PostNoise(harness, batches: 100);

        var steps = 0;
        while (quiet.Read().Summary.Count == 0)
        {
            harness.Engine.Shards[0].Step(harness.Now);
            steps++;
        }

        Assert.InRange(steps, 1, 2);
        Assert.True(harness.Engine.Shards[0].Queued > 80, "the noise behind it was handled first");
    }

    [Fact]
    public void Post_ReaderThatNeverLooks_HoldsNothingUpAndFindsTheNewest()
    {
        var harness = new EngineHarness(options: new EngineOptions { QueueBatches = 1 });
        var signal = new ChangeSignal();
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(3), [], signal);
        harness.Step();
        for (var i = 0; i < 1_000; i++)
        {
            // Each fits the queue of one batch only because the one before was handled, looked at or not.
            harness.Post((0, harness.Now + i, i));
            harness.Step();
        }

        Assert.True(signal.WaitAsync(default).IsCompletedSuccessfully);
        Assert.False(signal.IsRaised);
        Assert.Equal((3, 999.0), (lease.Read().Summary.Count, lease.Read().Summary.Last));
        Assert.Equal(1_000, harness.Engine.Status.Points);
    }

    [Fact]
    public void Step_OneSeriesOfManyChanges_OnlyItsWindowsArePublished()
    {
        var harness = new EngineHarness();
        var leases = Enumerable.Range(0, 500).Select(series => harness.Engine.LeaseWindow(series, WindowSpec.Last(10), [])).ToList();
        harness.Step();
        var before = leases.ConvertAll(static lease => lease.Read().AsOf);
        harness.Time.Advance(TimeSpan.FromSeconds(1));

        harness.Post((7, harness.Now, 1));
        harness.Step();

        // A window that is published tells the new time, whether its figures changed or not.
        for (var series = 0; series < leases.Count; series++) Assert.Equal(series == 7, leases[series].Read().AsOf != before[series]);
        leases.ForEach(static lease => lease.Dispose());
        harness.Step();
        Assert.Equal(0, harness.Engine.Status.Windows);
    }

    private static void PostNoise(EngineHarness harness, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var batch = PointBatch.Rent(BatchPoints);
            for (var point = 0; point < BatchPoints; point++) batch.Add(0, harness.Now + point, point);
            harness.Hand(batch);
            batch.Release();
        }
    }
}
