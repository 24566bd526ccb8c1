using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Engine;

/// <summary>An engine without loops: the test steps its shards by hand.</summary>
internal sealed class EngineHarness
{
    public EngineHarness(
        int shards = 1, IPointStore? store = null, IPointJudgeFactory? judges = null, EngineOptions? options = null, ISeriesLateness? lateness = null)
    {
        options ??= new EngineOptions();
        options.Shards = shards;
        Engine = new LiveEngine(options, Time, NullLogger<LiveEngine>.Instance, store, judges, lateness);
    }

    public ManualTime Time { get; } = new();

    public LiveEngine Engine { get; }

    public long Now => Time.Ticks;

    /// <summary>Posts points of (series, ticks, value) as one batch.</summary>
    public void Post(params (int Series, long Ticks, double Value)[] points)
    {
        var batch = Batch(points);
        Assert.True(Engine.PostAsync(batch, default).IsCompletedSuccessfully);
        batch.Release();
    }

    /// <summary>Posts a batch whose share stays the caller's.</summary>
    public void Hand(PointBatch batch) => Assert.True(Engine.PostAsync(batch, default).IsCompletedSuccessfully);

    public static PointBatch Batch(params (int Series, long Ticks, double Value)[] points)
    {
        var batch = PointBatch.Rent(Math.Max(1, points.Length));
        foreach (var (series, ticks, value) in points) batch.Add(series, ticks, value);
        return batch;
    }

    /// <summary>Steps every shard until nothing waits.</summary>
    public void Step()
    {
        foreach (var shard in Engine.Shards)
        {
            while (shard.Step(Now))
            {
            }
        }
    }

    /// <summary>Lets time pass and ticks every shard.</summary>
    public void Tick(TimeSpan by)
    {
        Time.Advance(by);
        foreach (var shard in Engine.Shards) shard.PostTick();
        Step();
    }

    /// <summary>Steps until the task is done: for work that goes to the store and comes back.</summary>
    public async Task StepUntilAsync(Task task)
    {
        var limit = TimeSpan.FromSeconds(30);
        var begun = TimeProvider.System.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < limit, "The engine did not get there in 30 s.");
            Step();
            await Task.Yield();
        }

        await task;
        Step();
    }
}
