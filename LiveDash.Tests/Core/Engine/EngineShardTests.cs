using LiveDash.Core.Engine;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Engine;

public class EngineShardTests
{
    private static readonly WindowSpec s_last3 = WindowSpec.Last(3);

    [Fact]
    public void Step_PointsOfTwoShards_EachSeriesHasItsOwn()
    {
        var harness = new EngineHarness(shards: 2);
        using var even = harness.Engine.LeaseWindow(0, s_last3, []);
        using var odd = harness.Engine.LeaseWindow(1, s_last3, []);

        var t = harness.Now;
        harness.Post((0, t, 1), (1, t, 10), (0, t + 1, 2), (0, t + 2, 3), (1, t + 1, 20), (0, t + 3, 4));
        harness.Step();

        Assert.Equal((3, 9), (even.Read().Summary.Count, even.Read().Summary.Sum));
        Assert.Equal((2, 30), (odd.Read().Summary.Count, odd.Read().Summary.Sum));
        Assert.Equal(6, harness.Engine.Status.Points);
    }

    [Fact]
    public void Step_NothingChanged_VersionStays()
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseWindow(0, s_last3, []);
        harness.Post((0, harness.Now, 1));
        harness.Step();
        var version = lease.Version;

        harness.Tick(TimeSpan.FromSeconds(1));

        Assert.Equal(version, lease.Version);
        harness.Post((0, harness.Now, 2));
        harness.Step();
        Assert.True(lease.Version > version);
    }

    [Fact]
    public void Step_PointArrives_RaisesSignalOfItsLeaseOnly()
    {
        var harness = new EngineHarness();
        ChangeSignal mine = new(), other = new();
        using var lease = harness.Engine.LeaseWindow(0, s_last3, [], mine);
        using var another = harness.Engine.LeaseWindow(1, s_last3, [], other);
        harness.Step();
        Assert.True(mine.WaitAsync(default).IsCompletedSuccessfully);
        Assert.True(other.WaitAsync(default).IsCompletedSuccessfully);

        harness.Post((0, harness.Now, 1));
        harness.Step();

        Assert.True(mine.IsRaised);
        Assert.False(other.IsRaised);
    }

    [Fact]
    public void Tick_SeriesQuiet_TimeWindowDrains()
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(TimeSpan.FromSeconds(10)), []);
        harness.Post((0, harness.Now, 5));
        harness.Step();
        Assert.Equal(1, lease.Read().Summary.Count);

        harness.Tick(TimeSpan.FromSeconds(9));
        Assert.Equal(1, lease.Read().Summary.Count);
        harness.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(0, lease.Read().Summary.Count);
    }

    [Fact]
    public void Tick_SourceWithLaggingClock_NextPointStillCounts()
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(TimeSpan.FromMinutes(1)), []);
        var lag = TimeSpan.FromSeconds(40).Ticks;
        harness.Post((0, harness.Now - lag, 1));
        harness.Step();

        harness.Tick(TimeSpan.FromSeconds(15));
        harness.Post((0, harness.Now - lag, 2));
        harness.Step();

        Assert.Equal((2, 0), (lease.Read().Summary.Count, lease.Read().LateCount));
    }

    [Fact]
    public void TryReadLast_LatePoint_KeepsTheNewest()
    {
        var harness = new EngineHarness(shards: 2);
        var t = harness.Now;

        harness.Post((7, t, 1), (7, t - 5, 2));
        harness.Step();

        Assert.True(harness.Engine.TryReadLast(7, out var reading));
        Assert.Equal(new SeriesReading(t, 1, 2, t, t), reading);
        Assert.False(harness.Engine.TryReadLast(8, out _));
    }

    [Fact]
    public void Lease_SameSpec_SharesOneWindowUntilTheLastIsGivenBack()
    {
        var harness = new EngineHarness();
        var first = harness.Engine.LeaseWindow(0, s_last3, []);
        var second = harness.Engine.LeaseWindow(0, WindowSpec.Last(3), []);
        var third = harness.Engine.LeaseWindow(0, WindowSpec.Last(4), []);
        harness.Step();
        Assert.Equal(2, harness.Engine.Status.Windows);

        first.Dispose();
        first.Dispose();
        harness.Step();
        Assert.Equal(2, harness.Engine.Status.Windows);
        second.Dispose();
        third.Dispose();
        harness.Step();
        Assert.Equal(0, harness.Engine.Status.Windows);
    }

    [Fact]
    public void Lease_FurtherAggregate_IsComputedInTheOrderAsked()
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(100), [AggregateSpec.Percentile(50), AggregateSpec.Mean]);
        using var other = harness.Engine.LeaseWindow(0, WindowSpec.Last(100), [AggregateSpec.Mean, AggregateSpec.Percentile(50)]);
        harness.Post((0, harness.Now, 1), (0, harness.Now, 2), (0, harness.Now, 9));
        harness.Step();

        Assert.Equal(new double[] { 2, 4 }, lease.Read().Extras);
        Assert.Equal(new double[] { 4, 2 }, other.Read().Extras);
        Assert.Equal(1, harness.Engine.Status.Windows);
    }

    [Fact]
    public void Step_BatchHandled_SharesAreGivenBack()
    {
        var harness = new EngineHarness(shards: 2);
        var batch = EngineHarness.Batch((0, harness.Now, 1), (1, harness.Now, 2));
        Assert.True(harness.Engine.PostAsync(batch, default).IsCompletedSuccessfully);
        Assert.Equal(3, batch.Owners);

        harness.Step();
        Assert.Equal(3, batch.Owners);
        batch.Release();
        harness.Tick(TimeSpan.FromSeconds(1));

        Assert.Equal(0, batch.Owners);
    }

    [Fact]
    public async Task PostAsync_QueueFull_WaitsUntilTheShardHasRoom()
    {
        var harness = new EngineHarness(options: new EngineOptions { QueueBatches = 1 });
        harness.Post((0, harness.Now, 1));
        var batch = EngineHarness.Batch((0, harness.Now, 2));

        var waiting = harness.Engine.PostAsync(batch, default).AsTask();
        Assert.False(waiting.IsCompleted);
        await harness.StepUntilAsync(waiting);

        batch.Release();
        Assert.Equal(2, harness.Engine.Status.Points);
    }

    [Fact]
    public async Task PostAsync_WaitCancelled_TakesNothing()
    {
        var harness = new EngineHarness(shards: 2, options: new EngineOptions { QueueBatches = 1 });
        harness.Post((1, harness.Now, 1));
        var batch = EngineHarness.Batch((0, harness.Now, 2), (1, harness.Now, 2));
        using var cancel = new CancellationTokenSource();

        var waiting = harness.Engine.PostAsync(batch, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(1, batch.Owners);
        harness.Step();
        Assert.Equal(1, harness.Engine.Status.Points);
        // The room that was taken in shard 0 is free again.
        harness.Post((0, harness.Now, 3));
        batch.Release();
    }

    [Fact]
    public void Step_JudgeFails_CountsTheFaultAndGoesOn()
    {
        var judges = new RecordingJudges { FailOn = 13 };
        var harness = new EngineHarness(judges: judges);

        harness.Post((0, harness.Now, 13));
        harness.Post((0, harness.Now, 14));
        harness.Step();

        Assert.Equal(1, harness.Engine.Status.Faults);
        Assert.Equal([14.0], judges.Seen);
    }

    [Fact]
    public void Step_JudgedSeries_WindowHoldsThePointBeforeTheJudgeSeesIt()
    {
        var judges = new RecordingJudges { Spec = s_last3 };
        var harness = new EngineHarness(judges: judges);
        var t = harness.Now;

        harness.Post((0, t, 1), (0, t + 1, 2), (0, t + 2, 3), (0, t + 3, 4));
        harness.Step();

        Assert.Equal([1.0, 3, 6, 9], judges.Sums);
    }

    [Fact]
    public void Release_JudgeAndReaderShare_WindowStaysForTheOther()
    {
        var judges = new RecordingJudges { Spec = s_last3 };
        var harness = new EngineHarness(judges: judges);
        var lease = harness.Engine.LeaseWindow(0, s_last3, []);
        harness.Post((0, harness.Now, 1));
        harness.Step();
        Assert.Equal(1, harness.Engine.Status.Windows);

        lease.Dispose();
        harness.Step();
        Assert.Equal(1, harness.Engine.Status.Windows);
        judges.Windows!.Release(0, s_last3);
        Assert.Equal(0, harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task WithJudgesAsync_TwoShards_RunsOnEach()
    {
        var judges = new RecordingJudges();
        var harness = new EngineHarness(shards: 2, judges: judges);
        var seen = 0;

        await harness.StepUntilAsync(harness.Engine.WithJudgesAsync(_ => seen++, default));

        Assert.Equal(2, seen);
    }
}
