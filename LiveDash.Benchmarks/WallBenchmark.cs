using System.Globalization;
using System.Text.Json;
using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// A wall that runs for hours: a dashboard of twelve panels (this machine's own metrics and two series fed ten times a second) in Chromium in wall mode.
/// Each minute it prints the browser's script heap after a collection, its number of elements, and the server's managed heap and memory; at the end the
/// slope of each over the time after the warm-up, by least squares.
/// </summary>
internal sealed class WallBenchmark : IBenchmark
{
    private const int Panels = 12;
    private const double BudgetMegabytesAnHour = 1;
    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "wall";

    /// <inheritdoc/>
    public string About => "a wall of 12 panels in Chromium (option: --hours H, 0.5): memory of browser and server by the minute, and its slope after the warm-up";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--hours");
        var length = TimeSpan.FromHours(at >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : 0.5);
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 0;

        await using var server = await ServerUnderLoad.StartLiveDashAsync();
        await FeedAsync(server, 0);
        var page = await browser.NewPageAsync(900);
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/wall/host").ToString());
        await page.Locator(".dash-panel").Nth(Panels - 3).WaitForAsync(new() { Timeout = 60_000 });
        Console.WriteLine($"{await page.Locator(".dash-panel").CountAsync()} panels for {length.TotalHours:0.##} h");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable");
        using var stop = new CancellationTokenSource();
        var feeding = FeedUntilAsync(server, stop.Token);
        var samples = new List<(double Hours, double Browser, double Server)>();
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        Console.WriteLine("minute  browser MB  elements  server heap MB  server RSS MB");
        do
        {
            await devtools.SendAsync("HeapProfiler.collectGarbage");
            var metrics = (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
            var (heap, nodes) = (Metric(metrics, "JSHeapUsedSize") / 1e6, Metric(metrics, "Nodes"));
            var own = await HeapAsync(server) / 1e6;
            var hours = clock.GetElapsedTime(begun).TotalHours;
            samples.Add((hours, heap, own));
            Console.WriteLine($"{hours * 60,6:F0}  {heap,10:F2}  {nodes,8:F0}  {own,14:F2}  {server.ResidentMegabytes,13:F0}");
        }
        while (clock.GetElapsedTime(begun) < length && await minute.WaitForNextTickAsync());

        await stop.CancelAsync();
        await feeding;
        var warm = Math.Min(length.TotalHours / 3, s_longestWarmUp.TotalHours);
        var steady = samples.Where(sample => sample.Hours >= warm).ToList();
        var (ofBrowser, ofServer) = (Slope(steady, static s => s.Browser), Slope(steady, static s => s.Server));
        Console.WriteLine(
            $"wall: after {warm * 60:F0} min of warm-up, browser {ofBrowser:+0.00;-0.00} MB an hour (budget {BudgetMegabytesAnHour:F0}: {Meter.Verdict(ofBrowser < BudgetMegabytesAnHour)}), "
            + $"server's managed heap {ofServer:+0.00;-0.00} MB an hour, over {steady.Count} samples");
        return 0;
    }

    private static async Task FeedUntilAsync(ServerUnderLoad server, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            for (var i = 1; await pace.WaitForNextTickAsync(stop); i++) await FeedAsync(server, i);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Long enough.
        }
    }

    private static Task FeedAsync(ServerUnderLoad server, int i) =>
        PointFlow.SendAsync(server, PointFlow.Line("wall.first", i % 97) + "\n" + PointFlow.Line("wall2.second", i % 31));

    private static double Metric(JsonElement metrics, string name) =>
        metrics.EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();

    // The least of three looks is the one least full of garbage.
    private static async Task<double> HeapAsync(ServerUnderLoad server)
    {
        var least = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var metrics = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            var line = metrics.Split('\n').Single(static line => line.StartsWith("dotnet_gc_heap_bytes{} ", StringComparison.Ordinal));
            least = Math.Min(least, double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        }

        return least;
    }

    private static double Slope(List<(double Hours, double Browser, double Server)> samples, Func<(double Hours, double Browser, double Server), double> of)
    {
        if (samples.Count < 2) return double.NaN;
        var (x, y) = (samples.Average(static s => s.Hours), samples.Average(of));
        var spread = samples.Sum(s => (s.Hours - x) * (s.Hours - x));
        return spread == 0 ? double.NaN : samples.Sum(s => (s.Hours - x) * (of(s) - y)) / spread;
    }
}
