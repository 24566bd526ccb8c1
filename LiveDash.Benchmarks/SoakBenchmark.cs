using System.Diagnostics;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>
/// The whole program under a steady load for long: memory by a straight line through it after the warm-up, handles and threads by their ends. Twenty circuits are open
/// dashboards in Chromium, which shares the machine.
/// </summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private const int Charts = 8;
    private const double BudgetMegabytesPerHour = 5;

    /// <inheritdoc/>
    public string Name => "soak";

    /// <inheritdoc/>
    public string About => "a steady load for long: slope of memory, handles, threads [--minutes 60] [--rate 20000] [--circuits 20]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var minutes = LoadBenchmark.Option(args, "--minutes", 60);
        var rate = LoadBenchmark.Option(args, "--rate", 20_000);
        var circuits = LoadBenchmark.Option(args, "--circuits", 20);
        // Retention at work too: what is held must not grow because the history does.
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:Storage:MaxBytes=268435456");
        var flow = new PointFlow(server, "load", Charts, rate);
        await flow.BeginAsync();
        await using var browser = circuits > 0 ? await LiveBrowser.StartAsync() : null;
        for (var i = 0; browser is not null && i < circuits; i++) await browser.OpenDashboardAsync(server, Charts, "() => {}", patience: 600_000);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var flowing = flow.RunAsync(stop.Token);
        var samples = new List<(double Hours, double Megabytes, int Handles, int Threads)>();
        var clock = Stopwatch.StartNew();
        var warm = TimeSpan.FromMinutes(minutes / 4.0);
        while (!flowing.IsCompleted)
        {
            await Task.WhenAny(flowing, Task.Delay(TimeSpan.FromSeconds(5)));
            if (clock.Elapsed >= warm) samples.Add((clock.Elapsed.TotalHours, server.ResidentMegabytes, server.Handles, server.Threads));
        }

        var sent = await flowing;
        if (samples.Count < 3) return 1;
        var slope = Slope(samples);
        var (first, last) = (samples.Take(samples.Count / 4).ToList(), samples.TakeLast(samples.Count / 4).ToList());
        Console.WriteLine(
            $"soak: {minutes} min, {sent / clock.Elapsed.TotalSeconds:N0} points/s, {(browser is null ? 0 : circuits)} circuits: memory {samples[0].Megabytes:F0} MB after the warm-up, {samples[^1].Megabytes:F0} MB at the end, "
            + $"slope {slope:F1} MB an hour (budget {BudgetMegabytesPerHour:F0}: {Meter.Verdict(slope <= BudgetMegabytesPerHour)}); handles {first.Average(static one => one.Handles):F0} and {last.Average(static one => one.Handles):F0}, "
            + $"threads {first.Average(static one => one.Threads):F0} and {last.Average(static one => one.Threads):F0}");
        return 0;
    }

    // Least squares.
    private static double Slope(List<(double Hours, double Megabytes, int Handles, int Threads)> samples)
    {
        var (x, y) = (samples.Average(static one => one.Hours), samples.Average(static one => one.Megabytes));
        return samples.Sum(one => (one.Hours - x) * (one.Megabytes - y)) / samples.Sum(one => (one.Hours - x) * (one.Hours - x));
    }
}
