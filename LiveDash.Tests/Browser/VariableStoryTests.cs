using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A variable, made, chosen and handed on by a share link that another browser opens.</summary>
[Collection(BrowserCollection.Name)]
public sealed class VariableStoryTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Variable_MadeChosenAndShared_IsChosenByWhoSignsInAndByNobodyElse()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var catalog = accounts.App.Services.GetRequiredService<SeriesCatalog>();
        foreach (var host in new[] { "web1", "web2" }) Assert.True(catalog.TryIntern(new SeriesKey("shop.load", [new("host", host)]), out _));
        var dashboards = accounts.App.Services.GetRequiredService<DashboardBook>();
        await dashboards.LoadAsync(default);
        await dashboards.AddCopyAsync(new Dashboard { Id = "", Name = "Shop", Panels = [new DashboardPanel { Id = "one", Kind = PanelKind.Chart, Title = "Load of $host", Series = ["shop.load{host=$host}"] }] }, default);
        await accounts.AddAsync("eve", AccountRole.Editor);
        await using var editors = await browser.NewPageAsync(accounts.App);
        var editor = editors.Page;
        await editor.GotoAsync("sign-in?returnUrl=" + Uri.EscapeDataString("/d/shop"));
        await editor.GetByLabel("Name").FillAsync("eve");
        await editor.GetByLabel("Password").FillAsync(Person.Password);
        await editor.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await editor.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        // Made.
        await OpenAsync(editor, "Variables…");
        await editor.GetByLabel("Name").FillAsync("host");
        await editor.GetByLabel("Tag").FillAsync("host");
        await editor.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Panel(editor, "Load of all")).ToBeVisibleAsync();

        // Chosen; it stands in the address, so back and reload restore it.
        await editor.GetByRole(AriaRole.Combobox, new() { Name = "host" }).SelectOptionAsync("web2");
        await Assertions.Expect(Panel(editor, "Load of web2")).ToBeVisibleAsync();
        await editor.GoBackAsync();
        await Assertions.Expect(Panel(editor, "Load of all")).ToBeVisibleAsync();
        await editor.GoForwardAsync();
        await Assertions.Expect(Panel(editor, "Load of web2")).ToBeVisibleAsync();
        await editor.ReloadAsync();
        await editor.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(editor.GetByRole(AriaRole.Combobox, new() { Name = "host" })).ToHaveValueAsync("web2");
        // What is kept holds the variable yet.
        Assert.Equal("shop.load{host=$host}", dashboards.Find("shop")!.Panels[0].Series[0]);

        // Shared: in another browser it is what it was, whatever the address says, and there is nothing to choose.
        await OpenAsync(editor, "Share by an address…");
        await editor.GetByRole(AriaRole.Button, new() { Name = "Make the address" }).ClickAsync();
        var link = await editor.Locator("code[data-secret]").TextContentAsync();
        await using var guests = await browser.NewPageAsync(accounts.App);
        var guest = guests.Page;
        foreach (var address in new[] { link!, "wall/shop?var-host=web1" })
        {
            await guest.GotoAsync(address);
            await guest.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await Assertions.Expect(Panel(guest, "Load of web2")).ToBeVisibleAsync();
            await Assertions.Expect(guest.GetByText("host web2", new() { Exact = true })).ToBeVisibleAsync();
            await Assertions.Expect(guest.GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        }
    }

    private static ILocator Panel(IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    private static async Task OpenAsync(IPage page, string choice)
    {
        await page.GetByLabel("All dashboards").First.ClickAsync();
        await page.GetByText(choice, new() { Exact = true }).ClickAsync();
    }
}
