using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// From the moment a point that breaches a rule is sent to the moment Chromium has painted the banner: alone, and while 10,000 points a second flow into
/// eight live charts on the same page. Each breach has a figure of its own, by which the banner is known, and is over before the next.
/// </summary>
internal sealed class BreachBenchmark : IBenchmark
{
    private const string Watched = "watched.figure";
    private const int Charts = 8;
    private const int Rate = 10_000;
    private const int Samples = 100;
    private const int Lowest = 1_000;
    private const double BudgetMs = 250;

    // A banner is painted when the frame after the one that changed it begins.
    private const string WatchScript = """
        () => {
          window.bannerAt = {};
          const read = () => {
            const figure = document.querySelector('.strip-figure b')?.textContent.match(/^[\d.]+/)?.[0];
            if (!figure || figure in window.bannerAt) return;
            window.bannerAt[figure] = 0;
            requestAnimationFrame(() => setTimeout(() => { window.bannerAt[figure] = Date.now(); }));
          };
          new MutationObserver(read).observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <inheritdoc/>
    public string Name => "breach";

    /// <inheritdoc/>
    public string About => "arrival of a point that breaches a rule to the banner painted in Chromium: alone, and beside 10,000 points a second";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 0;

        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        var flow = new PointFlow(server, "flow", Charts, Rate);
        await flow.BeginAsync();
        using (var made = await server.Client.PostAsJsonAsync("/api/rules", new { name = "breach", expr = $"last({Watched}, 1) >= {Lowest}", severity = "critical" })) made.EnsureSuccessStatusCode();
        var page = await browser.OpenDashboardAsync(server, Charts, WatchScript);
        // The first breach finds code that never ran.
        await BreachAsync(server, page, 0);
        await MeasureAsync(server, page, "a breach alone", 1, Samples / 2);
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var flowing = flow.RunAsync(stop.Token);
        await MeasureAsync(server, page, $"beside {Rate:N0} points/s into {Charts} charts", 1 + (Samples / 2), Samples);
        var seconds = clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        Console.WriteLine($"  the flow: {await flowing / seconds:N0} points/s; server {server.ResidentMegabytes:F0} MB, {server.Cpu.TotalSeconds:F1} s of CPU in all");
        return 0;
    }

    private static async Task MeasureAsync(ServerUnderLoad server, IPage page, string what, int first, int count)
    {
        // Seeded: a breach may come at any moment of the second in which pages look by themselves.
        var random = new Random(7);
        var late = new List<double>();
        for (var i = 0; i < count; i++)
        {
            late.Add(await BreachAsync(server, page, first + i));
            await Task.Delay(random.Next(20, 120));
        }

        late.Sort();
        var p99 = late[(int)(late.Count * 0.99)];
        Console.WriteLine(
            $"{what}: {count} banners painted, p50 {late[late.Count / 2]:F0} ms, p90 {late[late.Count * 9 / 10]:F0} ms, p99 {p99:F0} ms (budget {BudgetMs:F0}: {Meter.Verdict(p99 <= BudgetMs)})");
    }

    private static async Task<double> BreachAsync(ServerUnderLoad server, IPage page, int number)
    {
        // The banner writes three digits, 1.01 k and on: each another.
        var figure = Lowest + (number * 10);
        var shown = (figure / 1000.0).ToString("0.##", CultureInfo.InvariantCulture);
        var sent = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await PointFlow.SendAsync(server, PointFlow.Line(Watched, figure));
        await page.WaitForFunctionAsync("shown => window.bannerAt[shown] > 0", shown, new() { Timeout = 10_000 });
        var painted = await page.EvaluateAsync<double>("shown => window.bannerAt[shown]", shown);
        await PointFlow.SendAsync(server, PointFlow.Line(Watched, 0));
        await page.WaitForFunctionAsync("() => document.querySelector('.strip.quiet')", null, new() { Timeout = 10_000 });
        return painted - sent;
    }
}
