using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class WindowsPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Windows_SavedInOneTab_HoldInAnotherAndOverARestart()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            await SendAsync(app, "tabs.value", 1, 2, 3, 4, 5, 6);
            await using var first = await browser.OpenAsync(app, "/settings/windows");
            await using var second = await browser.OpenAsync(app, "/settings/windows");
            await Assertions.Expect(Row(second.Page, "count").Nth(0)).ToHaveTextAsync("6");

            await first.Page.GetByLabel("Size", new() { Exact = true }).FillAsync("2");
            // The preview shows the edited window before anything is saved, beside the one in force.
            await Assertions.Expect(Row(first.Page, "count").Nth(1)).ToHaveTextAsync("2");
            await Assertions.Expect(Row(first.Page, "mean").Nth(1)).ToHaveTextAsync("5.5");
            await Assertions.Expect(Row(first.Page, "count").Nth(0)).ToHaveTextAsync("6");
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

            await Assertions.Expect(second.Page.GetByLabel("Size", new() { Exact = true })).ToHaveValueAsync("2");
            await Assertions.Expect(second.Page.Locator(".window-table")).ToContainTextAsync("2 points");
            await Assertions.Expect(second.Page.Locator(".panel", new() { HasText = "Who changed it" })).ToContainTextAsync("every series: 500 to 2");
            await Assertions.Expect(Row(second.Page, "count").Nth(0)).ToHaveTextAsync("2");
            first.AssertNoErrors();
            second.AssertNoErrors();
        }

        await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await using var third = await browser.OpenAsync(restarted, "/settings/windows");
        await Assertions.Expect(third.Page.GetByLabel("Size", new() { Exact = true })).ToHaveValueAsync("2");
        await Assertions.Expect(third.Page.Locator(".panel", new() { HasText = "Who changed it" })).ToContainTextAsync("every series: 500 to 2");
    }

    [BrowserFact]
    public async Task Windows_OverrideMadeByFields_CountsItsSeriesShowsItsCostAndIsUndone()
    {
        await using var app = await LiveApp.StartAsync();
        await SendAsync(app, "kinds.value", 1, 2, 3);
        await SendAsync(app, "kinds.other", 1, 2, 3);
        await using var opened = await browser.OpenAsync(app, "/windows");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Override" }).ClickAsync();
        await page.Locator(".window-fields").GetByLabel("Series", new() { Exact = true }).FillAsync("kinds.*");
        await Assertions.Expect(page.Locator(".window-fields")).ToContainTextAsync("2 match: kinds.");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Hopping" }).CheckAsync(new() { Force = true });
        await page.GetByLabel("Hop", new() { Exact = true }).FillAsync("30");
        await page.GetByLabel("Hop: unit").SelectOptionAsync("s");
        await Assertions.Expect(page.Locator(".drawing-bar.now")).ToContainTextAsync("counted now");
        await Assertions.Expect(page.Locator(".window-table .chosen")).ToContainTextAsync("30 s");
        await Assertions.Expect(page.Locator(".window-table .chosen")).ToContainTextAsync(" ns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The windows are saved and in force.")).ToBeVisibleAsync();
        Assert.Contains("hopping 5m/30s", await app.GetAsync("/api/settings/windows"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(page.Locator(".panel", new() { HasText = "Who changed it" })).ToContainTextAsync("removed");
        Assert.DoesNotContain("kinds", await app.GetAsync("/api/settings/windows"), StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Windows_WrongText_IsToldBesideTheFieldAndCannotBeSaved()
    {
        await using var app = await LiveApp.StartAsync();
        await using var opened = await browser.OpenAsync(app, "/settings/windows");
        var field = opened.Page.GetByLabel("Size", new() { Exact = true });

        await field.FillAsync("many");

        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(opened.Page.Locator(".window-fields [role=alert]")).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        opened.AssertNoErrors();
    }

    private static ILocator Row(IPage page, string name) =>
        page.Locator(".preview-table tr", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true }) }).GetByRole(AriaRole.Cell);

    private static async Task SendAsync(LiveApp app, string series, params double[] values)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/points", values.Select((value, i) => new { series, value, t = 1_700_000_000_000 + i }));
        answer.EnsureSuccessStatusCode();
    }
}
