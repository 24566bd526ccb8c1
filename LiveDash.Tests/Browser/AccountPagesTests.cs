using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The pages that are there once people sign in, held to what holds for every page (<see cref="EveryPageTests"/>).</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccountPagesTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Pages_OfAccounts_AreAccessibleAndWithinTheScreen()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await using var opened = await browser.NewPageAsync(accounts.App);
        var (page, faults) = (opened.Page, new List<string>());
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(1440, 900);
        // Without a circuit.
        foreach (var path in new[] { "join/" + accounts.FirstToken(), "sign-in", "share/none" })
        {
            await page.GotoAsync(path);
            await PageLook.LookAsync(page, path.Split('/')[0], isWhole: true, faults);
        }

        await accounts.AddAsync("ada", AccountRole.Administrator);
        await page.GotoAsync("sign-in");
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
        foreach (var path in new[] { "accounts", "keys", "audit", "account", "account/password" })
        {
            await page.GotoAsync(path);
            await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
            await PageLook.LookAsync(page, path, isWhole: true, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
