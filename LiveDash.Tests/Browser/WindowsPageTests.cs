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

            await first.Page.GetByLabel("Window", new() { Exact = true }).FillAsync("2 points");
            // The preview shows the edited window before anything is saved, beside the one in force.
            await Assertions.Expect(Row(first.Page, "count").Nth(1)).ToHaveTextAsync("2");
            await Assertions.Expect(Row(first.Page, "mean").Nth(1)).ToHaveTextAsync("5.5");
            await Assertions.Expect(Row(first.Page, "count").Nth(0)).ToHaveTextAsync("6");
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

            await Assertions.Expect(second.Page.GetByLabel("Window", new() { Exact = true })).ToHaveValueAsync("2 points");
            await Assertions.Expect(Row(second.Page, "count").Nth(0)).ToHaveTextAsync("2");
            first.AssertNoErrors();
            second.AssertNoErrors();
        }

        await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await using var third = await browser.OpenAsync(restarted, "/settings/windows");
        await Assertions.Expect(third.Page.GetByLabel("Window", new() { Exact = true })).ToHaveValueAsync("2 points");
    }

    [BrowserFact]
    public async Task Windows_WrongText_IsToldBesideTheFieldAndCannotBeSaved()
    {
        await using var app = await LiveApp.StartAsync();
        await using var opened = await browser.OpenAsync(app, "/settings/windows");
        var field = opened.Page.GetByLabel("Window", new() { Exact = true });

        await field.FillAsync("hopping 5m");

        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(opened.Page.GetByText("A hopping window is written with size and hop")).ToBeVisibleAsync();
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
