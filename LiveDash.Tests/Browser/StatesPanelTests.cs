using System.Text.RegularExpressions;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class StatesPanelTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task States_SentAsText_AreStripsWithWordsAndATableBehind()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"pump","t":"now-20m","value":"running"}""", """{"series":"pump","t":"now-60s","value":"stopped"}""");
        await using var page = await browser.OpenAsync(app);
        var panel = page.Page.Locator(".live-states").First;
        await panel.Locator(".state-now", new() { HasText = "stopped" }).WaitForAsync();
        await app.PostAsync("""{"series":"pump","value":"starting"}""");
        await panel.Locator(".state-now", new() { HasText = "starting" }).WaitForAsync();
        await panel.Locator(".chart-values-toggle").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        var table = panel.GetByRole(AriaRole.Region, new() { Name = "States as a table" });
        // The first began before the stretch that is shown, and lasts into it.
        await Assertions.Expect(table.Locator("tbody tr td:nth-child(2)")).ToHaveTextAsync(["starting", "stopped", "running"]);
        await page.Page.GotoAsync(new Uri(app.Address, "/series?q=pump").ToString());
        await page.Page.GetByText("starting", new() { Exact = true }).First.WaitForAsync();
        page.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Stat_OfStates_ShowsTheWordAndForHowLong()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"pump","t":"now-200s","value":"running"}""", """{"series":"pump","t":"now-125s","value":"stopped"}""");
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var made = await book.AddCopyAsync(new Dashboard { Id = "", Name = "Pump", Panels = [new() { Id = "n", Kind = PanelKind.Stat, Series = ["pump"], W = 4, H = 3 }] }, default);
        await using var page = await browser.OpenAsync(app, $"/d/{made.Id}");
        var stat = page.Page.Locator(".live-stat");

        await Assertions.Expect(stat.Locator("[data-part=number]")).ToHaveTextAsync("stopped");
        await Assertions.Expect(stat.Locator(".live-stat-detail")).ToHaveTextAsync(new Regex("^for ?2 min"));
        await Assertions.Expect(stat).Not.ToHaveClassAsync(new Regex("stale"));
    }
}
