using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OtpNet;

namespace LiveDash.Tests.Browser;

/// <summary>Passkeys and codes by a true browser: Chromium with a device of its own making (WebAuthn by its developer tools), on localhost.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PasskeyStoryTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Passkey_FromMakingToRemoving_SignsInAloneAndBehindAPassword()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var ada = await accounts.AddAsync("ada", AccountRole.Editor);
        await using var opened = await browser.NewPageAsync(accounts.App);
        var page = opened.Page;
        await AddDeviceAsync(page);
        var home = new UriBuilder(accounts.App.Address) { Host = "localhost" }.Uri;

        // Nobody has one yet, so none is asked for.
        await PasswordAsync(page, home);
        await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
        await page.GotoAsync(new Uri(home, "account/passkeys").ToString());
        await page.GetByLabel("Name of a new one").FillAsync("this laptop");
        // The password is asked for first, and a wrong one makes none.
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("The password is not right.");
        Assert.False(accounts.App.Services.GetRequiredService<PasskeyBook>().Has(ada.Id));
        await page.GetByLabel("Name of a new one").FillAsync("this laptop");
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByLabel("Password").PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Passkeys").GetByRole(AriaRole.Listitem)).ToContainTextAsync("this laptop, for localhost, not used yet");

        // Alone: no name, no password.
        await SignOutAsync(page, home);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
        Assert.Contains(accounts.App.Services.GetRequiredService<SessionBook>().Of(ada.Id, TimeProvider.System.GetUtcNow()), static session => session.Method == AccountSession.ByPasskey);

        // Behind the password, where an app is set up too; and the app's code is good as well.
        var key = await SetUpAppAsync(page, home);
        await SignOutAsync(page, home);
        await PasswordAsync(page, home);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();

        // Removed, it signs in nobody: the device still has it, the server does not.
        await accounts.App.Services.GetRequiredService<PasskeyBook>().AddAsync(new AccountPasskey { Id = "another", UserId = "another", CredentialId = [1], PublicKey = [] }, default);
        await page.GotoAsync(new Uri(home, "account/passkeys").ToString());
        await Assertions.Expect(page.GetByLabel("Passkeys").GetByRole(AriaRole.Listitem)).ToContainTextAsync("last used");
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByLabel("Code of your app").FillAsync(new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this laptop" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Passkeys")).ToHaveCountAsync(0);
        await SignOutAsync(page, home);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("not known here");
        Assert.DoesNotContain(opened.Errors, static error => error.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task AddDeviceAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task PasswordAsync(IPage page, Uri home)
    {
        await page.GotoAsync(new Uri(home, "sign-in").ToString());
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    // The pages of a second factor as a person uses them: the key is read off the page, the codes are shown once.
    private static async Task<string> SetUpAppAsync(IPage page, Uri home)
    {
        await page.GotoAsync(new Uri(home, "account/second-factor").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "A picture for an authenticator app" })).ToBeVisibleAsync();
        var key = (await page.Locator("code[data-secret]").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code").FillAsync(new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Recovery codes").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(FactorBook.RecoveryCodes);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        return key;
    }

    private static async Task SignOutAsync(IPage page, Uri home)
    {
        await page.GotoAsync(new Uri(home, "account").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.IsAtAsync("**/sign-in**");
    }
}
