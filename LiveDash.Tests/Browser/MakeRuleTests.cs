using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>From what is on screen to a rule that watches it, and whom it tells.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MakeRuleTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Rule_FromAChartAndASeries_OpensWithAThresholdBeyondItsHistory()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/");
        var page = opened.Page;
        await page.MenuAsync("shop.load", "New rule");
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("mean(shop.load, 30s) > 250 for 10s");
        await Assertions.Expect(page.Locator(".rule-answer")).ToContainTextAsync("Would not have fired");

        await page.GetByRole(AriaRole.Link, new() { Name = "Series" }).First.ClickAsync();
        await page.Locator("table").GetByRole(AriaRole.Button, new() { Name = "shop.load" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New rule" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("mean(shop.load, 30s) > 250 for 10s");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rule_FromANumber_WatchesTheFigureThatIsShown()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/");
        var page = opened.Page;
        await page.AddAsync("Number", "shop.load");
        await page.ChooseAsync("Aggregate", "p90");
        await page.ChooseAsync("Window", "own text");
        await page.Editor().GetByLabel("Window as text").FillAsync("1m");
        await page.SaveAsync();

        await page.MenuAsync("p90(shop.load)", "New rule");

        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("p90(shop.load, 1m) > 270 for 10s");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Channels_InTheEditor_AreChosenAndOneThatIsGoneIsTold()
    {
        await using var app = await StartAsync();
        using var channels = await app.Client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "ops", kind = "log" }, new { name = "night", kind = "log" } });
        using var rule = await app.Client.PostAsJsonAsync("/api/rules", new { name = "Busy", expr = "last(shop.load, 1) > 900", channels = new[] { "pager" } });
        await using var opened = await browser.OpenAsync(app, "/rules/edit/busy");
        var page = opened.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no channel 'pager'");

        await page.GetByLabel("pager").UncheckAsync();
        await page.GetByLabel("ops").CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rules");

        Assert.Contains("\"channels\":[\"ops\"]", await app.GetAsync("/api/rules/busy"), StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Editor_LeftBeforeSaving_AsksFirst()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/rules/new?series=shop.load");
        var page = opened.Page;
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        page.Dialog += (_, dialog) =>
        {
            asked.Enqueue(dialog.Message);
            _ = asked.Count == 1 ? dialog.DismissAsync() : dialog.AcceptAsync();
        };
        await page.GetByLabel("Name").FillAsync("Half a thought");
        await Assertions.Expect(page.Locator(".rule-edit-head")).ToContainTextAsync("Not saved yet");

        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).First.ClickAsync();
        await Wait.UntilAsync(() => asked.Count == 1, "it asked");
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Half a thought");
        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Alerts");

        Assert.Equal(["This rule is not saved. Leave it?", "This rule is not saved. Leave it?"], asked);
        opened.AssertNoErrors();
    }

    // Ten minutes of a value that swings between 200 and 240.
    private static async Task<LiveApp> StartAsync()
    {
        var app = await LiveApp.StartAsync();
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-11).ToUnixTimeMilliseconds();
        await app.PostAsync(Enumerable.Range(0, 600).Select(i => $$"""{"series":"shop.load","t":{{start + (i * 1000)}},"value":{{200 + (i % 41)}}}"""));
        return app;
    }
}
