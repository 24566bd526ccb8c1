using System.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks;

/// <summary>From a point's arrival at the engine to the alert's callback, one breach after the other beside a stream on other series.</summary>
internal sealed class AlertBenchmark : IBenchmark
{
    private const int Breaches = 1_000;
    private const int StreamPoints = 20;
    private const int Series = 1_000;
    private const double BudgetMs = 1;

    private long _posted;
    private TaskCompletionSource<double> _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => "alert";

    /// <inheritdoc/>
    public string About => "milliseconds from a point's arrival to the callback of the alert it fires, 1,000 series with a rule on each";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var judges = new RuleJudges("last(load.*, 64) > 1100", Series, Environment.ProcessorCount) { Told = Hear };
        var engine = new LiveEngine(new EngineOptions(), TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        var ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (var i = 0; i < 64; i++) await PostAsync(engine, ticks += Series, Series, breach: false);
        await engine.FlushAsync(default);
        var times = new List<double>();
        for (var i = 0; i < Breaches; i++)
        {
            _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await PostAsync(engine, ticks += Series, StreamPoints, breach: true);
            times.Add(await _fired.Task.WaitAsync(TimeSpan.FromSeconds(10)));
            await PostAsync(engine, ticks += Series, StreamPoints, breach: false);
            await engine.FlushAsync(default);
            // The loop falls asleep: a breach that finds it awake would flatter the figure.
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        times.Sort();
        var p99 = times[Breaches * 99 / 100];
        Console.WriteLine(
            $"alert: {Breaches:N0} breaches, arrival to callback p50 {times[Breaches / 2] * 1000:N0} us, p90 {times[Breaches * 9 / 10] * 1000:N0} us, "
            + $"p99 {p99 * 1000:N0} us (budget {BudgetMs:N0} ms: {Meter.Verdict(p99 <= BudgetMs)})");
        return 0;
    }

    private void Hear(AlertTransition transition)
    {
        if (transition.Kind == AlertEventKind.Fired) _fired.TrySetResult(Stopwatch.GetElapsedTime(Volatile.Read(ref _posted)).TotalMilliseconds);
    }

    private async ValueTask PostAsync(LiveEngine engine, long ticks, int points, bool breach)
    {
        var batch = PointBatch.Rent(points);
        for (var i = 0; i < points; i++) batch.Add(i, ticks + i, i == 0 && breach ? 2_000 : i & 63);
        Volatile.Write(ref _posted, Stopwatch.GetTimestamp());
        await engine.PostAsync(batch, default);
        batch.Release();
    }
}
