using System.Net.Http.Json;
using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What was typed into a form and not saved outlives a restart of the server, and secrets do not; what is saved once it is left is not saved by a restart.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RestartedFormsTests(Shared.Browser browser)
{
    private const string Dialog = "dialog[open]";

    // What TypingTests has none of: several rows, a password, and what is saved without a form.
    private static readonly UnsavedForm[] s_forms =
    [
        new("d/shop", Dialog, "All dashboards", "Variables…"),
        new("sources", Dialog, "Add a source", "MQTT broker"),
        new("accounts", "main form"),
    ];

    [BrowserFact]
    public async Task Forms_NotSaved_SurviveARestartWithoutTheirSecrets()
    {
        using var directory = new TempDirectory();
        string[] settings = ["--LiveDash:Connections:lab=mongodb://127.0.0.1:1/test"];
        var accounts = await AccountsApp.StartAsync(dataDirectory: directory.Path, settings: settings);
        await FillAsync(accounts);
        await using var proxy = new TcpProxy(accounts.App.Address);
        await using var first = await SignedInAsync(accounts, proxy);
        var faults = new List<string>();
        var stood = new List<(UnsavedForm Form, IPage Page, List<TypedField> Fields)>();
        foreach (var form in s_forms)
        {
            var page = await first.Page.Context.NewPageAsync();
            await page.GotoAsync(new Uri(proxy.Address, form.Path).ToString());
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
            await PageWalk.PrepareAsync(page);
            await form.OpenAsync(page);
            stood.Add((form, page, await PageTyping.FillAsync(page, form.Within)));
            Assert.True(stood[^1].Fields.Count > 0, $"{Name(form)} has no field.");
            await page.EvaluateAsync("document.documentElement.dataset.same = true");
        }

        // A field that is saved when it is left, without a form.
        var direct = stood.Single(static one => one.Form.Path == "accounts").Page;
        await direct.GetByLabel("Groups of ada").FillAsync("half-a-group");

        proxy.Cut();
        await accounts.DisposeAsync();
        await using var restarted = await AccountsApp.StartAsync(dataDirectory: directory.Path, settings: settings);
        proxy.Restore(restarted.App.Address);
        foreach (var (form, page, fields) in stood)
        {
            await page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            await PageWalk.PrepareAsync(page);
            var kept = await page.EvaluateAsync<string>("window.keptAtStart");
            if (kept.Contains(PageTyping.Secret, StringComparison.Ordinal)) faults.Add($"{Name(form)}: the browser kept a secret");
            // A dialog is not open any more; opened again, it holds what was typed.
            await form.OpenAsync(page);
            await PageTyping.CompareAsync(page, Name(form), fields, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var book = restarted.App.Services.GetRequiredService<AccountBook>();
        await Assertions.Expect(direct.GetByLabel("Groups of ada")).ToHaveValueAsync("half-a-group");
        Assert.Empty(book.FindByName("ADA")!.Groups);
        await direct.GetByLabel("Groups of ada").FocusAsync();
        await direct.Keyboard.PressAsync("Tab");
        await Wait.UntilAsync(() => book.FindByName("ADA")!.Groups.Contains("half-a-group"), "what came back is saved once it is left");
    }

    private static string Name(UnsavedForm form) => $"{form.Path}, {string.Join(", ", form.Openers)}";

    private static async Task FillAsync(AccountsApp accounts)
    {
        using var ada = await accounts.SignedInAsync("ada", AccountRole.Administrator);
        using var points = new StringContent("""{"series":"shop.load","tags":{"host":"a"},"value":1}""");
        using var posted = await ada.Client.PostAsync(new Uri("/api/points", UriKind.Relative), points);
        Assert.True(posted.IsSuccessStatusCode, await posted.Content.ReadAsStringAsync());
        using var made = await ada.Client.PostAsJsonAsync("/api/rules", new { name = "Busy", expr = "mean(shop.load{host=*}, 30s) > 100", severity = "info" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var book = accounts.App.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        await book.AddCopyAsync(new Dashboard { Id = "shop", Name = "Shop", Folder = "Team", Panels = [new() { Id = "load", Kind = PanelKind.Chart, Title = "Load", Series = ["shop.load{host=*}"], W = 8, H = 6 }] }, default);
    }

    private async Task<BrowserPage> SignedInAsync(AccountsApp accounts, TcpProxy proxy)
    {
        var opened = await browser.NewPageAsync(accounts.App);
        await opened.Page.Context.AddInitScriptAsync(PageTyping.KeepAtStart);
        await opened.Page.GotoAsync(new Uri(proxy.Address, "sign-in").ToString());
        await opened.Page.GetByLabel("Name").FillAsync("ada");
        await opened.Page.GetByLabel("Password").FillAsync(Person.Password);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Your account: ada" }).WaitForAsync();
        return opened;
    }
}
