using System.Net.Http.Json;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class DashboardTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Dashboard_PanelAddedMovedAndRenamed_IsKeptOverAReload()
    {
        await using var app = await LiveApp.StartAsync();
        Intern(app, "orders.count", "orders.latency");
        await using var opened = await browser.OpenAsync(app);
        var page = opened.Page;
        await page.GetByLabel("All dashboards").ClickAsync();
        await Button(page, "New dashboard…").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Orders");
        await Button(page, "Create").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Orders");
        await AddPanelAsync(page, "orders.count", "Count", "Add the first panel");
        await AddPanelAsync(page, "orders.latency", "Latency");

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        var handle = page.Locator(".dash-panel", new() { HasText = "Count" }).Locator("[data-handle=move]");
        await handle.PressAsync("ArrowRight");
        // A move may take the panel, and with it the focus, elsewhere in the page: the next key goes where it belongs only after that.
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Count: column 2" })).ToBeAttachedAsync();
        await handle.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Count: column 2" })).ToContainTextAsync("5 high");
        await page.MenuAsync("Latency", "Edit");
        await page.Editor().GetByLabel("Title").FillAsync("Response time");
        await page.SaveAsync("Save");
        await Assertions.Expect(page.Locator(".dash-panel", new() { HasText = "Response time" })).ToBeVisibleAsync();

        await page.ReloadAsync();

        var style = await page.Locator(".dash-panel", new() { HasText = "Count" }).GetAttributeAsync("style");
        Assert.StartsWith("--x:1;", style, StringComparison.Ordinal);
        Assert.EndsWith("--h:5", style, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".dash-panel", new() { HasText = "Response time" })).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Dashboard_PanelDragged_LandsWhereItWasDropped()
    {
        await using var app = await LiveApp.StartAsync();
        Intern(app, "a.one", "a.two");
        await using var opened = await browser.OpenAsync(app, options: new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        var panels = page.Locator(".dash-panel");
        var (first, second) = (await panels.Nth(0).GetAttributeAsync("data-panel"), await panels.Nth(1).GetAttributeAsync("data-panel"));
        var handle = await page.Locator(".dash-panel:nth-child(1) [data-handle=move]").BoundingBoxAsync();
        var other = await panels.Nth(1).BoundingBoxAsync();

        await page.Mouse.MoveAsync(handle!.X + 5, handle.Y + 5);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(handle.X + other!.Width + 30, handle.Y + 10, new() { Steps = 4 });
        await Assertions.Expect(page.Locator(".dash-panel-ghost")).ToBeVisibleAsync();
        await page.Mouse.UpAsync();

        await Assertions.Expect(page.Locator($"[data-panel={first}]")).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("^--x:6;--y:0"));
        await Assertions.Expect(page.Locator($"[data-panel={second}]")).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("^--x:0;--y:0"));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Dashboard_WithoutAnySeries_TeachesTheFirstPoint()
    {
        await using var app = await LiveApp.StartAsync();
        await using var opened = await browser.OpenAsync(app);

        await Assertions.Expect(opened.Page.Locator(".code-line code")).ToContainTextAsync($"curl {app.Address}api/points -d '{{\"series\"");

        Intern(app, "demo.temperature");
        await Assertions.Expect(opened.Page.Locator(".dash-panel", new() { HasText = "demo.temperature" })).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.Locator(".live-chart")).ToHaveAttributeAsync("data-empty", "No points in the last 5 min");
        await SendAsync(app, 1, "demo.temperature");
        await Assertions.Expect(opened.Page.Locator(".live-chart:not([data-empty])")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Dashboard_Paused_StandsStillUntilResumed()
    {
        await using var app = await LiveApp.StartAsync();
        await SendAsync(app, 1);
        await using var opened = await browser.OpenAsync(app);
        var page = opened.Page;
        await page.GetByLabel("All dashboards").ClickAsync();
        await Button(page, "New dashboard…").ClickAsync();
        await page.GetByLabel("Name").FillAsync("One number");
        await Button(page, "Create").ClickAsync();
        await page.AddAsync("Number", "paused.value", button: "Add the first panel");
        await page.SaveAsync();
        var number = page.Locator("[data-part=number]");
        await Assertions.Expect(number).ToHaveTextAsync("1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Live", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Paused", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await SendAsync(app, 2);
        await using var other = await browser.OpenAsync(app, "/d/one-number");
        await Assertions.Expect(other.Page.Locator("[data-part=number]")).ToHaveTextAsync("2");
        Assert.Equal("1", await number.TextContentAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Paused", Exact = true }).ClickAsync();

        await Assertions.Expect(number).ToHaveTextAsync("2");
        opened.AssertNoErrors();
    }

    private static async Task SendAsync(LiveApp app, double value, string series = "paused.value")
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/points", new { series, value });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task AddPanelAsync(IPage page, string series, string title, string button = "Add panel")
    {
        await page.AddAsync("Chart", series, title, button);
        await page.SaveAsync();
        await Assertions.Expect(page.Locator(".dash-panel", new() { HasText = title })).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static void Intern(LiveApp app, params string[] names)
    {
        var catalog = app.Services.GetRequiredService<SeriesCatalog>();
        foreach (var name in names) Assert.True(catalog.TryIntern(new SeriesKey(name), out _));
    }
}
