using System.Diagnostics;
using System.Globalization;
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
    private const long PointTicks = TimeSpan.TicksPerMillisecond / 2;
    private const long BatchTicks = BatchPoints * PointTicks;
    private const double Budget = 15e6;
    private const int Rounds = 5;
    private static readonly string[] Durations = ["30m", "10m", "1m", "30s", "2m", "3m", "5m", "15m", "20m", "25m"];

    public string Name => "engine";

    public string About => "points a second through the whole engine: 5,000 series, 4 statistics and a threshold, or an alert rule, on each, judged at every point; and 1, 3, 10 windows a series [seconds a figure] [only]";

    public async Task<int> RunAsync(string[] args)
    {
        var seconds = args.Length > 0 && double.TryParse(args[0], CultureInfo.InvariantCulture, out var told) ? told : 2;
        var only = args.Length > 1 ? args[1] : "";
        Console.WriteLine($"engine: {Series:N0} series, batches of {BatchPoints:N0}, {Environment.ProcessorCount} cores; budget {Budget / 1e6:N0} M points/s; medians of {Rounds}");
        List<(string Name, int Window, int Run, Func<IPointJudgeFactory> Judges)> cases = [];
        foreach (var window in new[] { 64, 1_000 })
        {
            foreach (var run in new[] { 1, 16 })
            {
                cases.Add(("4 statistics judged", window, run, () => Thresholds(judged: true, WindowSpec.Last(window))));
                cases.Add(("an alert rule judged", window, run, () => new RuleJudges($"mean(load.*, {window}) > 1100", Series, Environment.ProcessorCount)));
            }

            cases.Add(("summarised only", window, 16, () => Thresholds(judged: false, WindowSpec.Last(window))));
        }

        foreach (var count in new[] { 1, 3, 10 })
        {
            // A batch of a point a series is 2.5 s of event time, so the windows hold from 12 to 720 points.
            cases.Add(($"{count} windows a series", 720, 16, () => Thresholds(judged: false, [.. Durations.Take(count).Select(WindowSpec.Parse)])));
        }

        cases.RemoveAll(one => !$"{one.Name} {one.Window} {one.Run}".Contains(only, StringComparison.Ordinal));
        var costs = cases.Select(static _ => new List<(double Nanoseconds, double Rate, double Bytes)>()).ToList();
        // In turns, so that a busy machine is as unkind to each; the first round warms up.
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                var cost = await MeasureAsync(cases[i].Window, cases[i].Run, cases[i].Judges(), seconds / Rounds);
                if (round >= 0) costs[i].Add(cost);
            }
        }

        for (var i = 0; i < cases.Count; i++) Print(cases[i].Name, cases[i].Window, cases[i].Run, costs[i]);
        return 0;
    }

    private static void Print(string what, int window, int run, List<(double Nanoseconds, double Rate, double Bytes)> costs)
    {
        // On a machine that does other work besides, the time on the processors says more than the clock.
        var cost = Meter.Median([.. costs.Select(static one => one.Nanoseconds)]);
        var rate = Environment.ProcessorCount / cost * 1e9;
        Console.WriteLine(
            $"  window {window,5}, runs of {run,2}, {what,-20}: {cost,6:N0} ns of processor a point (best {costs.Min(static one => one.Nanoseconds):N0}), "
            + $"so {rate / 1e6,5:N1} M points/s ({Meter.Verdict(rate >= Budget)}; {Meter.Median([.. costs.Select(static one => one.Rate)]) / 1e6:N1} M by the clock), "
            + $"{Meter.Median([.. costs.Select(static one => one.Bytes)]):N2} bytes a point");
    }

    private static ThresholdJudges Thresholds(bool judged, params WindowSpec[] specs) => new(specs, Series, Environment.ProcessorCount, judged);

    private static async Task<(double Nanoseconds, double Rate, double Bytes)> MeasureAsync(int window, int run, IPointJudgeFactory judges, double seconds)
    {
        var options = new EngineOptions { QueueBatches = 16 };
        var engine = new LiveEngine(options, TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        var ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        // Fill the windows first, and let them make what they need: a full window is what costs.
        for (var i = 0; i < window + (window / 10) + 200; i++) await PostAsync(engine, run, ticks += BatchTicks);
        await engine.FlushAsync(default);
        var points = engine.Status.Points;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds) await PostAsync(engine, run, ticks += BatchTicks);
        await engine.FlushAsync(default);
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        points = engine.Status.Points - points;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        return (processor.TotalNanoseconds / points, points / elapsed, (double)allocated / points);
    }

    private static async ValueTask PostAsync(LiveEngine engine, int run, long ticks)
    {
        var batch = PointBatch.Rent(BatchPoints);
        for (var i = 0; i < BatchPoints; i++)
        {
            // In runs of 16 a batch holds 312 series, other ones each time.
            var series = run == 1 ? i : (int)(((i / run) + (ticks / BatchTicks * (BatchPoints / run))) % Series);
            // Another value each time: a series that stands still is cheaper than one that moves.
            batch.Add(series, ticks + (i * PointTicks), ((i * 7919) + (ticks / BatchTicks * 6151)) & 1023);
        }

        await engine.PostAsync(batch, default);
        batch.Release();
    }
}
