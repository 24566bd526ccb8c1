using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A team's first day: the owner's first run, an invitation, roles, and the end of what is open.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccountStoryTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Team_FromTheFirstRunToBeingDisabled_SeesWhatItMayAndNoMore()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await using var owners = await browser.NewPageAsync(accounts.App);
        var owner = owners.Page;

        // First run: the address of the log, a name, a password.
        await owner.GotoAsync("/join/" + accounts.FirstToken());
        await Assertions.Expect(owner.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("type", "password");
        await owner.GetByLabel("Name").FillAsync("ada");
        await owner.GetByLabel("Password", new() { Exact = true }).FillAsync(Person.Password);
        await owner.GetByLabel("Password, once more").FillAsync(Person.Password);
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" })).ToBeVisibleAsync();

        // An invitation, opened in another browser.
        await owner.GotoAsync("/accounts");
        await owner.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await owner.GetByLabel("For whom").FillAsync("Grace");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await owner.Locator("code[data-secret]").TextContentAsync();
        await using var guests = await browser.NewPageAsync(accounts.App);
        var guest = guests.Page;
        await guest.GotoAsync(link!);
        await guest.GetByLabel("Name").FillAsync("grace");
        await guest.GetByLabel("Password", new() { Exact = true }).FillAsync(Person.Password);
        await guest.GetByLabel("Password, once more").FillAsync(Person.Password);
        await guest.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(guest.GetByRole(AriaRole.Link, new() { Name = "Your account: grace" })).ToBeVisibleAsync();

        // A viewer sees no page of administration, nor by its address; what she asks for is refused in words.
        await Assertions.Expect(guest.GetByRole(AriaRole.Link, new() { Name = "Accounts" })).ToHaveCountAsync(0);
        await guest.GotoAsync("/dashboards");
        await guest.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await guest.EvaluateAsync("sessionStorage.setItem('livedash.draft', 'not saved')");
        await guest.EvaluateAsync("document.title");
        var grace = accounts.App.Services.GetRequiredService<AccountBook>().FindByName("GRACE")!;
        Assert.Equal(AccountRole.Viewer, grace.Role);

        // Disabled: her open page is gone within two seconds, without a word from her browser, and what she typed with it.
        await owner.GetByRole(AriaRole.Button, new() { Name = "Disable grace" }).ClickAsync();
        await guest.IsAtAsync("**/sign-in**");
        Assert.Null(await guest.EvaluateAsync<string?>("sessionStorage.getItem('livedash.draft')"));
        await guest.GetByLabel("Name").FillAsync("grace");
        await guest.GetByLabel("Password").FillAsync(Person.Password);
        await guest.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(guest.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");

        // Signed out everywhere, the owner's other tab goes too.
        var second = await owner.Context.NewPageAsync();
        await second.GotoAsync("/rules");
        await second.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await owner.GotoAsync("/account");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await owner.IsAtAsync("**/sign-in**");
        await second.IsAtAsync("**/sign-in**");
    }
}
