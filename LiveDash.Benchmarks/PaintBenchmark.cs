using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// From the moment a point is sent to the moment Chromium has painted it, once alone and once while 10,000 points a second flow into eight live charts
/// on the same page. All panels of a page come in one frame, so the number that is watched stands for all.
/// </summary>
internal sealed class PaintBenchmark : IBenchmark
{
    private const string Marker = "load.1m";
    private const int Charts = 8;
    private const int Rate = 10_000;
    private const int Samples = 100;

    // A number is painted when the frame after the one that changed its text begins.
    private const string WatchScript = """
        () => {
          window.painted = {};
          const read = () => {
            for (const text of document.querySelector('main').innerText.split('\n')) {
              const value = text.trim();
              if (/^\d{3}$/.test(value) && !(value in window.painted)) window.painted[value] = 0;
            }
            const fresh = Object.keys(window.painted).filter(v => window.painted[v] === 0);
            if (fresh.length) requestAnimationFrame(() => setTimeout(() => { for (const v of fresh) window.painted[v] ||= Date.now(); }));
          };
          new MutationObserver(read).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <inheritdoc/>
    public string Name => "paint";

    /// <inheritdoc/>
    public string About => "arrival to paint in Chromium: a point alone, and beside 10,000 points a second into eight live charts";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 0;

        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        var flow = new PointFlow(server, "paint", Charts, Rate);
        await flow.BeginAsync();
        await PointFlow.SendAsync(server, PointFlow.Line(Marker, 1));
        var page = await browser.OpenDashboardAsync(server, Charts, WatchScript);
        await MeasureAsync(server, page, "a point alone", 100);
        using var stop = new CancellationTokenSource();
        var flowing = flow.RunAsync(stop.Token);
        var flown = await MeasureAsync(server, page, $"beside {Rate:N0} points/s into {Charts} charts", 100 + Samples);
        await stop.CancelAsync();
        var sent = await flowing;
        Console.WriteLine($"  the flow: {sent / flown.TotalSeconds:N0} points/s; server {server.ResidentMegabytes:F0} MB, {server.Cpu.TotalSeconds:F1} s of CPU in all");
        return 0;
    }

    private static async Task<TimeSpan> MeasureAsync(ServerUnderLoad server, IPage page, string what, int first)
    {
        var clock = Stopwatch.StartNew();
        var sent = new Dictionary<int, double>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(97));
        for (var value = first; value < first + Samples; value++)
        {
            await pace.WaitForNextTickAsync();
            sent[value] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await PointFlow.SendAsync(server, PointFlow.Line(Marker, value));
        }

        var took = clock.Elapsed;
        // The last one may still be on its way.
        await page.WaitForFunctionAsync($"() => window.painted['{first + Samples - 1}'] > 0", null, new() { Timeout = 5_000 });
        var painted = await page.EvaluateAsync<Dictionary<string, double>>("() => window.painted");
        var late = sent.Where(one => painted.GetValueOrDefault(one.Key.ToString(CultureInfo.InvariantCulture)) > 0)
            .Select(one => painted[one.Key.ToString(CultureInfo.InvariantCulture)] - one.Value).Order().ToArray();
        Console.WriteLine(
            $"{what}: painted {late.Length} of {Samples}, p50 {late[late.Length / 2]:F0} ms (budget 25: {Meter.Verdict(late[late.Length / 2] <= 25)}), "
            + $"p99 {late[(int)(late.Length * 0.99)]:F0} ms (budget 50: {Meter.Verdict(late[(int)(late.Length * 0.99)] <= 50)})");
        return took;
    }
}
