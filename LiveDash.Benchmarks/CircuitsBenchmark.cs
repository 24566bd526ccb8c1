using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// Many open dashboards of eight live charts and a number each, fed five times a second: how many frames each gets, what they cost the server in memory and
/// processor time, and whether all show the last value. Chromium and the server share the machine, and Chromium takes most of it.
/// </summary>
internal sealed class CircuitsBenchmark : IBenchmark
{
    // The one that the automatic dashboard shows as a number.
    private const string Marker = "load.1m";
    private const int Charts = 8;
    private const int FramesPerSecond = 5;
    private const double BudgetMegabytes = 1;

    private const string CountScript = """
        () => {
          window.seen = new Set();
          const main = document.querySelector('main');
          const read = () => { for (const text of main.innerText.split('\n')) if (/^\d{3}$/.test(text.trim())) window.seen.add(text.trim()); };
          new MutationObserver(read).observe(main, { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <inheritdoc/>
    public string Name => "circuits";

    /// <inheritdoc/>
    public string About => "open dashboards in Chromium (options: how many, 25; seconds, 20): frames a second each, managed heap and processor time a circuit";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var pages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 25;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 0;

        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        await SendAsync(server, 100);
        var open = new List<IPage> { await OpenAsync(browser, server) };
        var (heapOfOne, _) = await FeedAsync(server, open, seconds / 2, 100);
        while (open.Count < pages) open.Add(await OpenAsync(browser, server));
        var processor = server.Cpu;
        var clock = Stopwatch.StartNew();
        var (heap, last) = await FeedAsync(server, open, seconds, 500);
        var share = (server.Cpu - processor) / clock.Elapsed;
        var frames = new List<double>();
        var current = 0;
        foreach (var page in open)
        {
            var seen = await page.EvaluateAsync<string[]>("() => [...window.seen].filter(v => v >= '500')");
            frames.Add(seen.Length / (double)seconds);
            if (seen.Contains(last.ToString(CultureInfo.InvariantCulture))) current++;
        }

        frames.Sort();
        var each = (heap - heapOfOne) / (pages - 1) / 1e6;
        Console.WriteLine(
            $"circuits: {pages} dashboards of {Charts} charts, fed {FramesPerSecond} times a second for {seconds} s: {frames[frames.Count / 2]:F1} frames/s each (slowest {frames[0]:F1}), "
            + $"{current} of {pages} show the last value; managed heap a circuit {each:F2} MB (budget {BudgetMegabytes:F0}: {Meter.Verdict(each <= BudgetMegabytes)}); "
            + $"server {share:P0} of one core, {share / pages / frames.Average() * 1e6:N0} us a frame; {server.ResidentMegabytes:F0} MB in RAM");
        return 0;
    }

    private static Task<IPage> OpenAsync(LiveBrowser browser, ServerUnderLoad server) =>
        browser.OpenDashboardAsync(server, Charts, CountScript, patience: 120_000);

    /// <summary>Feeds every series and waits until each page had the time to show the last value; the heap is the smallest seen, the one least full of garbage.</summary>
    private static async Task<(double Heap, int Last)> FeedAsync(ServerUnderLoad server, List<IPage> open, int seconds, int first)
    {
        var heap = double.MaxValue;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / FramesPerSecond));
        var last = first + (seconds * FramesPerSecond) - 1;
        for (var value = first; value <= last; value++)
        {
            await pace.WaitForNextTickAsync();
            await SendAsync(server, value);
            heap = Math.Min(heap, await HeapAsync(server));
        }

        foreach (var page in open) await page.WaitForFunctionAsync($"() => window.seen.has('{last}')", null, new() { Timeout = 30_000 });
        return (heap, last);
    }

    private static async Task<double> HeapAsync(ServerUnderLoad server)
    {
        var metrics = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = metrics.Split('\n').Single(static line => line.StartsWith("dotnet_gc_heap_bytes{} ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static Task SendAsync(ServerUnderLoad server, int value) => PointFlow.SendAsync(
        server, string.Join('\n', Enumerable.Range(0, Charts).Select(chart => PointFlow.Line($"circuit.{chart}", (value % 10) + chart)).Append(PointFlow.Line(Marker, value))));
}
