using System.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks;

/// <summary>
/// The whole engine: batches in, each point through its shard, its series' window and a threshold on four statistics of it, or a true alert rule.
/// </summary>
internal sealed class EngineBenchmark : IBenchmark
{
    private const int Series = 5_000;
    private const int BatchPoints = 5_000;
    private const double Budget = 15e6;

    public string Name => "engine";

    public string About => "points a second through the whole engine: 5,000 series, 4 statistics and a threshold, or an alert rule, on each, judged at every point";

    public async Task<int> RunAsync(string[] args)
    {
        var seconds = args.Length > 0 && double.TryParse(args[0], out var told) ? told : 2;
        Console.WriteLine($"engine: {Series:N0} series, batches of {BatchPoints:N0}, {Environment.ProcessorCount} cores; budget {Budget / 1e6:N0} M points/s");
        foreach (var window in new[] { 64, 1_000 })
        {
            foreach (var run in new[] { 1, 16 })
            {
                await MeasureAsync(window, run, "4 statistics judged", Thresholds(window, judged: true), seconds);
                await MeasureAsync(window, run, "an alert rule judged", new RuleJudges($"mean(load.*, {window}) > 1100", Series, Environment.ProcessorCount), seconds);
            }

            await MeasureAsync(window, 16, "summarised only", Thresholds(window, judged: false), seconds);
        }

        return 0;
    }

    private static ThresholdJudges Thresholds(int window, bool judged) => new(WindowSpec.Last(window), Series, Environment.ProcessorCount, judged);

    private static async Task MeasureAsync(int window, int run, string what, IPointJudgeFactory judges, double seconds)
    {
        var options = new EngineOptions { QueueBatches = 16 };
        var engine = new LiveEngine(options, TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        var ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        // Fill the windows first: a full window is what costs.
        for (var i = 0; i < window + (window / 10); i++) await PostAsync(engine, run, ticks += BatchPoints);
        await engine.FlushAsync(default);
        var points = engine.Status.Points;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds) await PostAsync(engine, run, ticks += BatchPoints);
        await engine.FlushAsync(default);
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        points = engine.Status.Points - points;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        // On a machine that does other work besides, the time on the processors says more than the clock.
        var cost = (Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / points;
        var rate = Environment.ProcessorCount / cost * 1e9;
        Console.WriteLine(
            $"  window {window,5}, runs of {run,2}, {what,-20}: {cost,6:N0} ns of processor a point, "
            + $"so {rate / 1e6,5:N1} M points/s ({Meter.Verdict(rate >= Budget)}; {points / elapsed / 1e6:N1} M by the clock), "
            + $"{(double)allocated / points:N2} bytes a point");
    }

    private static async ValueTask PostAsync(LiveEngine engine, int run, long ticks)
    {
        var batch = PointBatch.Rent(BatchPoints);
        for (var i = 0; i < BatchPoints; i++)
        {
            // In runs of 16 a batch holds 312 series, other ones each time.
            var series = run == 1 ? i : (int)(((i / run) + (ticks / BatchPoints * (BatchPoints / run))) % Series);
            batch.Add(series, ticks + i, i & 1023);
        }

        await engine.PostAsync(batch, default);
        batch.Release();
    }
}
