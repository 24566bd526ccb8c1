using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Behind every drawing stands a table of its values, by keyboard alone and with a name that is read.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DrawingValuesTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Drawings_OfEveryKind_HaveATableBehindThem()
    {
        await using var app = await LiveApp.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await app.PostAsync(Enumerable.Range(0, 600).Select(i => $$"""{"series":"disk.used","t":{{now - ((600 - i) * 300_000L)}},"value":{{(i == 599 ? 900 : i % 12)}},"pt":[{{i % 9}},{{i % 7}}]}"""));
        await app.PostAsync("""{"series":"pump","value":"running"}""", """{"series":"disk.used","value":5,"pt":[3,3]}""");
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var kinds = new[] { PanelKind.Chart, PanelKind.States, PanelKind.Grid, PanelKind.Forecast };
        var made = await book.AddCopyAsync(
            new Dashboard { Id = "", Name = "Drawings", Panels = [.. kinds.Select((kind, i) => new DashboardPanel { Id = $"p{i}", Kind = kind, Title = kind.ToString(), Series = [kind == PanelKind.States ? "pump" : "disk.used"], W = 6, H = 6, X = i % 2 * 6, Y = i / 2 * 6 })] }, default);
        await using var opened = await browser.OpenAsync(app, $"/d/{made.Id}");
        var page = opened.Page;

        foreach (var kind in kinds)
        {
            var panel = page.PanelOf(kind.ToString());
            await OpenAsync(page, panel.Locator(".chart-values-toggle"), panel.Locator(".chart-values[role=region][aria-label]"));
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(panel.Locator(".chart-values:not([hidden])")).ToHaveCountAsync(0);
            await Assertions.Expect(panel.Locator(".chart-values-toggle")).ToBeFocusedAsync();
            // The menu leads there too.
            await page.MenuAsync(kind.ToString(), "Values as a table");
            await Assertions.Expect(panel.Locator(".chart-values:not([hidden]) tbody tr").First).ToBeVisibleAsync();
        }

        await GotoAsync(page, app, "/anomalies");
        var strip = page.Locator(".anomaly-table tbody tr", new() { HasText = "disk.used" }).Locator(".heat-values");
        await strip.Locator(".heat-strip path").First.WaitForAsync();
        await OpenAsync(page, strip.Locator("summary"), strip.Locator(".heat-table[role=region][aria-label]"), takesFocus: false);
        await GotoAsync(page, app, "/grid?series=disk.used");
        await Assertions.Expect(page.Locator(".grid-stream")).ToHaveAttributeAsync("data-landed", "601");
        await OpenAsync(page, page.Locator(".grid-stream .chart-values-toggle"), page.Locator(".grid-stream .chart-values[role=region]"));
        await Assertions.Expect(page.Locator(".grid-stream .chart-values thead th")).ToHaveTextAsync(["x", "y", "Points", "Mean"]);

        await GotoAsync(page, app, "/explore?series=disk.used");
        await page.Locator(".explore[data-state=done]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All that is shown" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".explore-list tbody tr td").First).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    private static async Task OpenAsync(IPage page, ILocator opener, ILocator table, bool takesFocus = true)
    {
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(table.Locator("tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(table).ToHaveAttributeAsync("tabindex", "0");
        if (takesFocus) await Assertions.Expect(table).ToBeFocusedAsync();
    }

    private static async Task GotoAsync(IPage page, LiveApp app, string path)
    {
        await page.GotoAsync(new Uri(app.Address, path).ToString());
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
    }
}
