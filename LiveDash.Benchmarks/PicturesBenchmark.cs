using System.Globalization;
using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// Takes the pictures of the README: the dashboard in dark, and Explore with a polygon, of this machine's own figures and of points sent as anybody sends them.
/// Each is under 150 KB, or the command fails.
/// </summary>
internal sealed class PicturesBenchmark : IBenchmark
{
    private const int MaxBytes = 150 * 1024;
    private const int Places = 3_000;
    private const int Width = 1200;
    private const int Height = 720;
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(40);

    /// <inheritdoc/>
    public string Name => "pictures";

    /// <inheritdoc/>
    public string About => "takes the README's pictures (option: --to DIR, docs/pictures)";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--to");
        var directory = Directory.CreateDirectory(at >= 0 && at + 1 < args.Length ? args[at + 1] : Path.Combine("docs", "pictures")).FullName;
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 1;
        await using var server = await ServerUnderLoad.StartLiveDashAsync();
        using var rule = new StringContent("""{"name":"Shop is slow","expr":"mean(shop.latency_ms{host=*}, 30s) > 250 for 10s keep 5s clear 230","severity":"critical"}""");
        using var made = await server.Client.PostAsync(new Uri("/api/rules", UriKind.Relative), rule);
        made.EnsureSuccessStatusCode();

        var ok = await TakeAsync(await DashboardAsync(browser, server), Path.Combine(directory, "dashboard-dark.png"));
        await PointFlow.SendAsync(server, string.Join('\n', Located(TimeProvider.System.GetUtcNow())));
        ok &= await TakeAsync(await ExploreAsync(browser, server), Path.Combine(directory, "explore-polygon.png"));
        return ok ? 0 : 1;
    }

    private static async Task<IPage> DashboardAsync(LiveBrowser browser, ServerUnderLoad server)
    {
        var page = await browser.NewPageAsync(Height);
        await page.SetViewportSizeAsync(Width, Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/d/host?last=5m").ToString());
        await page.Locator(".dash-panel canvas").Nth(3).WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        // The shop's past comes when the page stands, so that no gap is left between it and what follows live.
        var now = TimeProvider.System.GetUtcNow();
        await PointFlow.SendAsync(server, string.Join('\n', Enumerable.Range(0, 900).SelectMany(i => Shop(now.AddSeconds(i - 900), i))));
        // Long enough that this machine's own figures are lines and not dots.
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 900; i < 900 + (int)s_watched.TotalSeconds; i++)
        {
            await PointFlow.SendAsync(server, string.Join('\n', Shop(TimeProvider.System.GetUtcNow(), i)));
            await second.WaitForNextTickAsync();
        }

        return page;
    }

    private static async Task<IPage> ExploreAsync(LiveBrowser browser, ServerUnderLoad server)
    {
        var page = await browser.NewPageAsync(Height);
        await page.SetViewportSizeAsync(Width, Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/explore?range=24h&series=quake.depth_km").ToString());
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Show points" }).ClickAsync();
        await page.Locator(".explore[data-state=done]").WaitForAsync();
        await page.GetByLabel("Shape as GeoJSON").FillAsync("""{"type":"Polygon","coordinates":[[[11,8],[27,6],[35,17],[31,30],[16,33],[8,21],[11,8]]]}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        await page.Locator(".explore[data-within=shown]").WaitForAsync();
        await page.Locator(".explore-plot").EvaluateAsync("plot => plot.scrollIntoView({ block: 'end' })");
        return page;
    }

    private static async Task<bool> TakeAsync(IPage page, string path)
    {
        await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        var bytes = new FileInfo(path).Length;
        Console.WriteLine($"{path}: {bytes / 1024.0:F0} KB (at most {MaxBytes / 1024}: {Meter.Verdict(bytes <= MaxBytes)})");
        return bytes <= MaxBytes;
    }

    // Three hosts, one of which becomes slow and stays so.
    private static IEnumerable<string> Shop(DateTimeOffset at, int i) => Enumerable.Range(1, 3).Select(host =>
    {
        var slow = host == 2 && i > 820 ? Math.Min(i - 820, 60) * 3.2 : 0;
        var value = 90 + (host * 22) + (14 * Math.Sin((i + (host * 90)) / 23.0)) + (9 * Math.Sin(i * host / 3.1)) + slow;
        return string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"shop.latency_ms\",\"tags\":{{\"host\":\"web-{host}\"}},\"t\":{at.ToUnixTimeMilliseconds()},\"value\":{value:F1}}}");
    }).Append(string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"shop.orders_per_minute\",\"t\":{at.ToUnixTimeMilliseconds()},\"value\":{42 + Math.Round(11 * Math.Sin(i / 61.0)) + (i * 7 % 5)}}}"));

    // Two clouds and a thin scatter, from a fixed seed.
    private static IEnumerable<string> Located(DateTimeOffset now)
    {
        var random = new Random(11);
        for (var i = 0; i < Places; i++)
        {
            var (x, y, spread) = (i % 5) switch { 0 or 1 => (20.0, 18.0, 6.0), 2 or 3 => (37.0, 33.0, 5.0), _ => (25.0, 25.0, 22.0) };
            var (angle, reach) = (random.NextDouble() * Math.Tau, Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * spread / 2);
            yield return string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"quake.depth_km\",\"t\":{now.AddSeconds(i - Places).ToUnixTimeMilliseconds()},\"value\":{5 + (random.NextDouble() * 10) + reach:F1},\"pt\":[{x + (reach * Math.Cos(angle)):F2},{y + (reach * Math.Sin(angle)):F2}]}}");
        }
    }
}
