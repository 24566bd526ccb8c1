using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The pages that are there once people sign in, held to what holds for every page (<see cref="EveryPageTests"/>).</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccountPagesTests(Shared.Browser browser)
{
    [BrowserTheory]
    [InlineData("join", "sign-in", "share/none")]
    [InlineData("accounts", "keys", "audit")]
    [InlineData("account", "account/password", "account/passkeys")]
    public async Task Pages_OfAccounts_AreAccessibleAndWithinTheScreen(params string[] paths)
    {
        await using var accounts = await AccountsApp.StartAsync();
        await using var opened = await browser.NewPageAsync(accounts.App);
        var (page, faults) = (opened.Page, new List<string>());
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(1440, 900);
        if (paths[0] != "join")
        {
            await accounts.AddAsync("ada", AccountRole.Administrator);
            await page.GotoAsync("sign-in");
            await page.GetByLabel("Name").FillAsync("ada");
            await page.GetByLabel("Password").FillAsync(Person.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
        }

        foreach (var path in paths)
        {
            await page.GotoAsync(path == "join" ? "join/" + accounts.FirstToken() : path);
            await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
            await PageLook.LookAsync(page, path, isWhole: true, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
