using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Sharing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OtpNet;

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
        await PrepareAsync(page);
        if (paths[0] != "join") await SignInAsync(accounts, page);

        foreach (var path in paths) await LookAsync(page, path == "join" ? "join/" + accounts.FirstToken() : path, faults);
        // An administrator has more pages than others, and sees them all beside one another.
        if (paths[0] == "accounts")
        {
            await page.SetViewportSizeAsync(1440, 900);
            Assert.True(await page.EvaluateAsync<bool>("() => { const rail = document.querySelector('.rail'); return rail.scrollHeight <= rail.clientHeight; }"), "the rail is higher than the screen");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [BrowserFact]
    public async Task Pages_OfASecondFactor_AreAccessibleAndWithinTheScreen()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await using var opened = await browser.NewPageAsync(accounts.App);
        var (page, faults) = (opened.Page, new List<string>());
        await PrepareAsync(page);
        await SignInAsync(accounts, page);

        await LookAsync(page, "account/mail", faults);
        // The picture, the key, and what is said of a code that is wrong.
        await LookAsync(page, "account/second-factor", faults);
        await SendAsync(page, "000000", "Turn it on");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await PageLook.LookAsync(page, "account/second-factor, wrong code", isWhole: true, faults);
        var key = (await page.Locator("code[data-secret]").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        var totp = new Totp(Base32Encoding.ToBytes(key));
        var now = accounts.App.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await SendAsync(page, totp.ComputeTotp(now), "Turn it on");
        await Assertions.Expect(page.Locator(".recovery-codes li")).Not.ToHaveCountAsync(0);
        await PageLook.LookAsync(page, "recovery codes", isWhole: true, faults);
        await LookAsync(page, "account/second-factor", faults);
        await LookAsync(page, "account/mail", faults);

        // Half a sign-in, in another browser.
        await using var elsewhere = await browser.NewPageAsync(accounts.App);
        await PrepareAsync(elsewhere.Page);
        await SignInAsync(accounts, elsewhere.Page, isWhole: false);
        await elsewhere.Page.GetByLabel("Code").WaitForAsync();
        await PageLook.LookAsync(elsewhere.Page, "sign-in/second-factor", isWhole: true, faults);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [BrowserFact]
    public async Task Pages_OfMailedAndSharedAddresses_AreAccessibleAndWithinTheScreen()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var services = accounts.App.Services;
        Assert.Empty(await services.GetRequiredService<ChannelBook>().SaveAsync([new ChannelConfig { Name = "post", Kind = "mail", Host = "127.0.0.1", Port = 9, From = "dash@example.org", To = ["ops@example.org"] }], default));
        var ada = await accounts.AddAsync("ada", AccountRole.Administrator);
        var dashboards = services.GetRequiredService<DashboardBook>();
        await dashboards.LoadAsync(default);
        var shared = (await dashboards.CreateAsync("Shared", default)).Id;
        var closed = await services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = shared, PasswordHash = services.GetRequiredService<SharedCookies>().Hash("open sesame") }, default);
        var expired = await services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = shared, ExpiresAt = services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(-1) }, default);
        var (reset, _) = await services.GetRequiredService<AccountDesk>().ResetAsync(ada, "ada");
        var (invitation, _) = await services.GetRequiredService<AccountDesk>().InviteAsync("Grace", AccountRole.Viewer, [], "ada");
        await using var opened = await browser.NewPageAsync(accounts.App);
        var (page, faults) = (opened.Page, new List<string>());
        await PrepareAsync(page);

        foreach (var path in new[] { "share/" + closed, "share/" + expired, reset.TrimStart('/'), invitation.TrimStart('/'), "join/used-before", "sign-in/forgotten" }) await LookAsync(page, path, faults);
        await page.GetByLabel("Name, or address of mail").FillAsync("ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await PageLook.LookAsync(page, "sign-in/forgotten, sent", isWhole: true, faults);
        await page.GotoAsync("share/" + closed);
        await page.GetByLabel("Password").FillAsync("close sesame");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show it" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await PageLook.LookAsync(page, "share, wrong password", isWhole: true, faults);
        await page.GetByLabel("Password").FillAsync("open sesame");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show it" }).ClickAsync();
        await page.IsAtAsync("**/wall/**");
        await PageLook.LookAsync(page, "share, opened", isWhole: true, faults);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task PrepareAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task SignInAsync(AccountsApp accounts, IPage page, bool isWhole = true)
    {
        if (accounts.App.Services.GetRequiredService<AccountBook>().FindByName("ADA") is null) await accounts.AddAsync("ada", AccountRole.Administrator);
        await page.GotoAsync("sign-in");
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        if (isWhole) await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
    }

    private static async Task LookAsync(IPage page, string path, List<string> faults)
    {
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await PageLook.LookAsync(page, path, isWhole: true, faults);
    }

    private static async Task SendAsync(IPage page, string code, string button)
    {
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }
}
