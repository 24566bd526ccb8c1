using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A folder is closed while somebody looks into it, and opened again for their group.</summary>
[Collection(BrowserCollection.Name)]
public sealed class GrantStoryTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Folder_ClosedByAnAdministrator_IsGoneFromOpenPagesAtOnce()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var dashboards = accounts.App.Services.GetRequiredService<DashboardBook>();
        await dashboards.LoadAsync(default);
        var boilers = await dashboards.AddCopyAsync(new Dashboard { Id = "", Name = "Boilers", Folder = "Plant" }, default);
        var shares = accounts.App.Services.GetRequiredService<ShareBook>();
        await shares.MakeAsync(new ShareLink { Id = "", Dashboard = boilers.Id }, default);
        await accounts.AddAsync("ada", AccountRole.Administrator);
        var vera = await accounts.AddAsync("vera", AccountRole.Viewer);
        await using var owners = await browser.NewPageAsync(accounts.App);
        await using var viewers = await browser.NewPageAsync(accounts.App);
        var (owner, viewer) = (owners.Page, viewers.Page);
        await OpenAsync(viewer, "vera", "d/boilers");
        await Assertions.Expect(viewer.GetByRole(AriaRole.Heading, new() { Name = "Boilers" })).ToBeVisibleAsync();

        await OpenAsync(owner, "ada", "dashboards");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Plant: Everybody sees it" }).ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Administrators alone" }).ClickAsync();
        await Assertions.Expect(viewer.GetByRole(AriaRole.Heading, new() { Name = "No such dashboard" })).ToBeVisibleAsync();

        // Who has a share link looks all the same, and the dialog says so.
        await Assertions.Expect(owner.GetByText("Good without a sign-in, whatever is granted here: a share link.")).ToBeVisibleAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Assertions.Expect(owner.GetByText("Good without a sign-in")).ToHaveCountAsync(0);
        Assert.Empty(shares.Of(boilers.Id));

        // Let in as one of a group, which she joins.
        await owner.GetByLabel("Group").FillAsync("heat");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Let them in" }).ClickAsync();
        await Assertions.Expect(owner.GetByText("the group heat: look")).ToBeVisibleAsync();
        await accounts.App.Services.GetRequiredService<AccountBook>().UpdateAsync(vera.Id, static user => user with { Groups = ["heat"] }, default);
        await Assertions.Expect(viewer.GetByRole(AriaRole.Heading, new() { Name = "Boilers" })).ToBeVisibleAsync();
    }

    private static async Task OpenAsync(IPage page, string name, string path)
    {
        await page.GotoAsync("sign-in?returnUrl=" + Uri.EscapeDataString("/" + path));
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
