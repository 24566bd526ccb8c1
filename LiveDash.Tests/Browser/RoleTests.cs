using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What a page offers is what its reader may do; a page that offers less says why.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RoleTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Viewer_OnEveryPage_IsOfferedNothingThatTakesAnotherRole()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await FillAsync(accounts.App);
        await accounts.AddAsync("vera", AccountRole.Viewer);
        await using var opened = await browser.NewPageAsync(accounts.App);
        var page = opened.Page;
        await SignInAsync(page, "vera");

        var hidden = 0;
        foreach (var path in NavPage.All.Select(static one => one.Address).Where(static one => one != "backups").Concat(["dashboards", "d/shop", "rules/new"]))
        {
            await page.GotoAsync(path);
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            var offered = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-needs]')].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 200))");
            Assert.True(offered.Length == 0, $"{path}:\n{string.Join('\n', offered)}");
            hidden += await page.Locator("[data-needs]").CountAsync();
        }

        Assert.True(hidden >= 10, $"Only {hidden} are marked.");
        await Assertions.Expect(page.Locator("[data-part=may]")).ToHaveTextAsync("You may look at all of this. To change it takes the role editor; yours is viewer.");

        // Of a panel's menu the lines that only look are there.
        await page.GotoAsync("d/shop");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu of Newest" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "View full screen" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Viewer_FoldsASection_ForHimselfAlone()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await FillAsync(accounts.App);
        await accounts.AddAsync("vera", AccountRole.Viewer);
        await using var opened = await browser.NewPageAsync(accounts.App);
        var page = opened.Page;
        await SignInAsync(page, "vera");
        await page.GotoAsync("d/shop");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var fold = page.GetByRole(AriaRole.Button, new() { Name = "Deeper" }).First;

        await fold.ClickAsync();
        await Assertions.Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(page.PanelOf("Newest")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Assertions.Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");

        // Nobody else's is folded, and nothing was said to be refused.
        Assert.DoesNotContain(accounts.App.Services.GetRequiredService<DashboardBook>().Find("shop")!.Panels, static panel => panel.IsCollapsed);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await fold.ClickAsync();
        await Assertions.Expect(page.PanelOf("Newest")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Operator_OfAlertsAndRules_IsOfferedTheFirstAlone()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("otto", AccountRole.Operator);
        await using var opened = await browser.NewPageAsync(accounts.App);
        await SignInAsync(opened.Page, "otto");

        await opened.Page.GotoAsync("rules");

        await Assertions.Expect(opened.Page.Locator("html")).ToHaveAttributeAsync("data-may", "operator");
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Link, new() { Name = "New rule" })).ToHaveCountAsync(0);
    }

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"Your account: {name}" }).WaitForAsync();
    }

    private static async Task FillAsync(LiveApp app)
    {
        app.Services.GetRequiredService<SeriesCatalog>().TryIntern(new SeriesKey("shop.count"), out _);
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        await book.AddCopyAsync(new Dashboard { Id = "", Name = "Shop", Panels = [new() { Id = "s", Kind = PanelKind.Section, Title = "Deeper", W = 12, H = 1 }, new() { Id = "n", Kind = PanelKind.Stat, Title = "Newest", Series = ["shop.count"], Y = 1, W = 3, H = 2 }] }, default);
    }
}
