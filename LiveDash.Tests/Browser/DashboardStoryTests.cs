using System.Globalization;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A dashboard from the first panel to the wall, as a person goes through it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DashboardStoryTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Panel_AddedByPattern_IsInViewAndUndoneAndRedone()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop");
        var page = opened.Page;
        await page.AddAsync("Chart", "web.latency_ms{host=*}", "Latency");
        await page.Editor().GetByLabel("Title").FocusAsync();
        await Assertions.Expect(page.Editor().Locator(".panel-editor-match")).ToContainTextAsync("2 series match");
        await Assertions.Expect(page.Editor().Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "2");
        await page.SaveAsync();

        await Assertions.Expect(page.PanelOf("Latency")).ToBeInViewportAsync();
        await Assertions.Expect(page.PanelOf("Latency")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.PanelOf("Latency")).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.PanelOf("Latency")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.PanelOf("Latency")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+Shift+z");
        await Assertions.Expect(page.PanelOf("Latency")).ToHaveCountAsync(1);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Legend_ClickAndShiftClick_ShowOneLineAloneAndHideIt()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop");
        var legend = opened.Page.PanelOf("By host").Locator(".chart-legend");
        await Assertions.Expect(legend.Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(legend.Locator("tbody td").First).ToContainTextAsync("ms");

        await legend.GetByRole(AriaRole.Button, new() { Name = "web-1" }).ClickAsync();
        await Assertions.Expect(legend.GetByRole(AriaRole.Button, new() { Name = "web-2" })).ToHaveAttributeAsync("aria-pressed", "false");
        await legend.GetByRole(AriaRole.Button, new() { Name = "web-1" }).PressAsync("ArrowDown");
        await Assertions.Expect(legend.GetByRole(AriaRole.Button, new() { Name = "web-2" })).ToBeFocusedAsync();
        await legend.GetByRole(AriaRole.Button, new() { Name = "web-2" }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(legend.GetByRole(AriaRole.Button, new() { Name = "web-2" })).ToHaveAttributeAsync("aria-pressed", "true");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Zoom_OnOneChart_IsTheRangeOfAllPanelsUntilBackToLive()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop?last=15m");
        var page = opened.Page;
        var plot = page.PanelOf("By host").Locator(".u-over");
        var box = await plot.BoundingBoxAsync();
        await page.Mouse.MoveAsync(box!.X + (box.Width * 0.2f), box.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + 30, new() { Steps = 5 });
        await page.Mouse.UpAsync();

        await Assertions.Expect(page.Locator(".live-chip.past")).ToContainTextAsync("Paused");
        Assert.Contains("from=", page.Url, StringComparison.Ordinal);
        // The number covers the same stretch: its values rise with time, so the largest lies in the middle of all.
        await Assertions.Expect(page.PanelOf("Newest").Locator("[data-part=number]")).Not.ToHaveTextAsync("900");
        await Assertions.Expect(page.PanelOf("Newest").Locator("[data-part=over]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^in 4 min"));
        await page.GetByText("Back to live").ClickAsync();
        await Assertions.Expect(page.Locator(".live-chip.past")).ToHaveCountAsync(0);
        Assert.Contains("last=15m", page.Url, StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rows_OfADashboardThatFits_ShareTheHeightOfTheScreen()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop", new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await Assertions.Expect(opened.Page.PanelOf("By host")).ToBeVisibleAsync();

        var box = await opened.Page.PanelOf("By host").BoundingBoxAsync();

        Assert.InRange(box!.Y + box.Height, 780, 786);
        Assert.Equal(800, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Panel_FullScreenByKey_IsAloneAndInTheAddress()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop");
        var page = opened.Page;
        await page.PanelOf("By host").FocusAsync();
        await page.Keyboard.PressAsync("v");
        await Assertions.Expect(page.Locator(".dash-panel")).ToHaveCountAsync(1);
        Assert.Contains("panel=c", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".dash-panel")).ToHaveCountAsync(2);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Chart_ValuesAsATable_AreThoseOfTheChartByKeyboardAlone()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop?last=15m");
        var page = opened.Page;
        var chart = page.PanelOf("By host");
        await chart.GetByRole(AriaRole.Button, new() { Name = "Values as a table" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        var table = chart.GetByRole(AriaRole.Region, new() { Name = "Values of the chart" });
        await Assertions.Expect(table).ToBeFocusedAsync();
        await Assertions.Expect(table.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Time", "web-1", "web-2"]);
        await Assertions.Expect(table.Locator("tbody tr").Nth(30)).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(table).ToBeHiddenAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Wall_OfTwoDashboards_FitsTheScreenAndChanges()
    {
        await using var app = await StartAsync();
        await app.Services.GetRequiredService<DashboardBook>().AddCopyAsync(new Dashboard { Id = "", Name = "Second", Panels = [new() { Id = "n", Kind = PanelKind.Stat, Series = ["shop.count"], W = 12, H = 4 }] }, default);
        await using var opened = await browser.OpenAsync(app, "/wall/shop?with=second&every=5s&text=1.5", new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        var page = opened.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Shop");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".panel-menu")).ToHaveCountAsync(0);
        await Assertions.Expect(page.PanelOf("By host").Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "2");
        var tall = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        Assert.InRange(tall, 1, 1080);
        foreach (var panel in await page.Locator(".dash-panel").AllAsync()) await Assertions.Expect(panel).ToBeInViewportAsync(new() { Ratio = 1 });

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Second", new() { Timeout = 15_000 });
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Wall_OfMoreRowsThanItHolds_TurnsPagesOfReadablePanels()
    {
        await using var app = await StartAsync();
        await app.Services.GetRequiredService<DashboardBook>().AddCopyAsync(
            new Dashboard { Id = "", Name = "Long", Panels = [.. Enumerable.Range(0, 20).Select(static i => new DashboardPanel { Id = $"n{i}", Kind = PanelKind.Stat, Title = $"Number {i}", Series = [i == 0 ? "never.sent" : "shop.count"], Y = i * 3, W = 12, H = 3 })] }, default);
        await using var opened = await browser.OpenAsync(app, "/wall/long?every=5s", new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = opened.Page;

        await Assertions.Expect(page.Locator("[data-part=page]")).ToHaveTextAsync("1 of 5");
        Assert.InRange(await page.EvaluateAsync<double>("Math.min(...[...document.querySelectorAll('.dash-panel')].map(panel => panel.getBoundingClientRect().height))"), 140, 400);
        // What shows nothing says why.
        await Assertions.Expect(page.PanelOf("Number 0").Locator("[data-part=detail]")).ToHaveTextAsync("no such series yet");
        foreach (var number in new[] { 0, 3 }) await Assertions.Expect(page.PanelOf($"Number {number}")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("[data-part=page]")).ToHaveTextAsync("2 of 5", new() { Timeout = 15_000 });
        await Assertions.Expect(page.PanelOf("Number 4")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.PanelOf("Number 3")).Not.ToBeInViewportAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Dashboards_Page_FindsStarsAndOpensTheLastOneAgain()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/d/shop");
        var page = opened.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Shop");
        await Assertions.Expect(page.PanelOf("Newest")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("localStorage.getItem('livedash.dashboards')?.includes('shop')");

        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Shop");
        await page.GotoAsync("/dashboards");
        // What is pressed before the circuit is there is lost.
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.Locator(".dashboard-card")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Star Shop" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "With a star" }).Locator(".dashboard-card-name")).ToHaveTextAsync(["Shop"]);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Section_Folded_HidesItsPanelsAlsoAfterAReload()
    {
        await using var app = await StartAsync();
        await app.Services.GetRequiredService<DashboardBook>().AddCopyAsync(
            new Dashboard
            {
                Id = "",
                Name = "Folded",
                Panels =
                [
                    new() { Id = "s", Kind = PanelKind.Section, Title = "Deeper", W = 12, H = 1 },
                    new() { Id = "n", Kind = PanelKind.Stat, Title = "Newest", Series = ["shop.count"], Y = 1, W = 3, H = 2 },
                ],
            },
            default);
        await using var opened = await browser.OpenAsync(app, "/d/folded");
        var page = opened.Page;
        var fold = page.GetByRole(AriaRole.Button, new() { Name = "Deeper" }).First;
        await Assertions.Expect(page.PanelOf("Newest")).ToBeVisibleAsync();

        await fold.ClickAsync();
        await Assertions.Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(page.PanelOf("Newest")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.PanelOf("Newest")).ToHaveCountAsync(0);
        await fold.ClickAsync();
        await Assertions.Expect(page.PanelOf("Newest")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    private static async Task<LiveApp> StartAsync()
    {
        var app = await LiveApp.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await app.PostAsync(Enumerable.Range(1, 900).SelectMany(i => new[]
        {
            string.Create(CultureInfo.InvariantCulture, $$"""{"series":"web.latency_ms","tags":{"host":"web-1"},"t":{{now - ((900 - i) * 1000)}},"value":{{100 + (i % 17)}}}"""),
            string.Create(CultureInfo.InvariantCulture, $$"""{"series":"web.latency_ms","tags":{"host":"web-2"},"t":{{now - ((900 - i) * 1000)}},"value":{{200 + (i % 13)}}}"""),
            string.Create(CultureInfo.InvariantCulture, $$"""{"series":"shop.count","t":{{now - ((900 - i) * 1000)}},"value":{{i}}}"""),
        }));
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        await book.AddCopyAsync(
            new Dashboard
            {
                Id = "",
                Name = "Shop",
                Panels =
                [
                    new() { Id = "n", Kind = PanelKind.Stat, Title = "Newest", Series = ["shop.count"], W = 3, H = 2 },
                    new() { Id = "c", Kind = PanelKind.Chart, Title = "By host", Series = ["web.latency_ms{host=*}"], Y = 2, W = 9, H = 6 },
                ],
            },
            default);
        return app;
    }
}
