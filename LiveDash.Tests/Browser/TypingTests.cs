using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is typed at a usual speed over a line of any slowness is kept, also over a restart. Into every field of the product types <see cref="EveryPageTests"/>.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const int MsAKey = 60;

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Fields_OfARule_KeepEveryLetterOverAnyLine(int delayMs)
    {
        fixture.App.Services.GetRequiredService<SeriesCatalog>().TryIntern(new SeriesKey("typing.one"), out _);
        await using var proxy = new TcpProxy(fixture.App.Address);
        await using var opened = await browser.OpenAsync(fixture.App, new Uri(proxy.Address, "/rules/new").ToString());
        var (faults, typed) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        await PageWalk.PrepareAsync(opened.Page);

        await PageTyping.TypeAsync(opened.Page, proxy, TimeSpan.FromMilliseconds(delayMs), "rules/new", typed, faults);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(typed.Count >= 3, $"Only {typed.Count} fields were found: {string.Join(", ", typed)}");
    }

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Palette_TypedAtOnce_KeepsEveryLetter(int delayMs)
    {
        await using var proxy = new TcpProxy(fixture.App.Address);
        await using var opened = await browser.OpenAsync(fixture.App, new Uri(proxy.Address, "/sources").ToString());
        proxy.Delay = TimeSpan.FromMilliseconds(delayMs);

        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("the quick brown fox", new() { Delay = MsAKey });

        await Assertions.Expect(opened.Page.Locator(".palette-list")).ToHaveAttributeAsync("data-for", "the quick brown fox");
        await Assertions.Expect(opened.Page.Locator(".palette input")).ToHaveValueAsync("the quick brown fox");
    }

    [BrowserFact]
    public async Task RuleText_NotSaved_SurvivesARestartOfTheServer()
    {
        using var directory = new TempDirectory();
        var app = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await using var proxy = new TcpProxy(app.Address);
        await using var opened = await browser.OpenAsync(app, new Uri(proxy.Address, "/rules/new").ToString());
        var page = opened.Page;
        await page.GetByLabel("Name").FillAsync("Half a rule");
        await page.GetByLabel("Rule, as text").FillAsync("mean(shop.load, 30s) > 8");
        await page.EvaluateAsync("document.documentElement.dataset.same = true");
        await using var second = await browser.OpenAsync(app, new Uri(proxy.Address, "/dashboards").ToString());
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "New dashboard" }).ClickAsync();
        await second.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Half a dashboard");
        await second.Page.EvaluateAsync("document.documentElement.dataset.same = true");

        proxy.Cut();
        await app.DisposeAsync();
        await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
        proxy.Restore(restarted.Address);
        await page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Half a rule");
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("mean(shop.load, 30s) > 8");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();

        // A dialog is not open any more; opened again, it holds what was typed.
        await second.Page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "New dashboard" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToHaveValueAsync("Half a dashboard");
    }
}
