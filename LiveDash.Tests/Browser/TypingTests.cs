using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Every field of the product takes what is typed at a usual speed over a line of any slowness, and keeps it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const string Fields =
        "main :is(input[type=text], input[type=search], input[type=url], input[type=number], input[type=password], textarea), .mud-dialog :is(input[type=text], input[type=search], input[type=number], input[type=password], textarea), .mud-drawer :is(input[type=text], input[type=search], textarea)";

    private const int MsAKey = 60;

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(300)]
    public async Task Fields_OfEveryPage_KeepEveryLetterOverASlowLine(int delayMs)
    {
        var catalog = fixture.App.Services.GetRequiredService<SeriesCatalog>();
        foreach (var name in new[] { "typing.one", "typing.two", "coords" }) catalog.TryIntern(new SeriesKey(name), out _);
        await using var proxy = new TcpProxy(fixture.App.Address);
        var typed = 0;
        foreach (var path in NavPage.All.Select(static page => page.Address).Concat(["/grid", "/rules/new", "/settings/channels?add=another"]))
        {
            proxy.Delay = TimeSpan.Zero;
            await using var opened = await browser.OpenAsync(fixture.App, new Uri(proxy.Address, path).ToString());
            proxy.Delay = TimeSpan.FromMilliseconds(delayMs);
            typed += await TypeEverywhereAsync(opened.Page, path);
        }

        Assert.True(typed >= 15, $"Only {typed} fields were found.");
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

    private static async Task<int> TypeEverywhereAsync(IPage page, string path)
    {
        var count = await page.Locator(Fields).CountAsync();
        var typed = 0;
        for (var i = 0; i < count; i++)
        {
            var field = page.Locator(Fields).Nth(i);
            if (!await field.IsVisibleAsync() || !await field.IsEditableAsync()) continue;
            var isNumber = await field.GetAttributeAsync("type") == "number";
            var text = isNumber ? "34" : "sliding.value_of 42";
            await field.ClickAsync();
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.TypeAsync(text, new() { Delay = MsAKey });
            await SettleAsync(page);

            Assert.Equal($"{path} {i} {text}", $"{path} {i} {await field.InputValueAsync()}");
            typed++;
            await page.Keyboard.PressAsync("Escape");
        }

        return typed;
    }

    // A question that goes to the server and back after what was typed: whatever the server wrote in answer to that has arrived by then.
    private static Task SettleAsync(IPage page) => page.EvaluateAsync("""
        async () => {
          const list = document.querySelector('.palette-list');
          const field = document.querySelector('.palette input');
          document.activeElement?.dispatchEvent(new Event('change', { bubbles: true }));
          field.value = 'settle ' + Math.random();
          await new Promise(done => {
            new MutationObserver((_, observer) => {
              if (list.dataset.for !== field.value) return;
              observer.disconnect();
              done();
            }).observe(list, { attributes: true });
            field.dispatchEvent(new Event('input', { bubbles: true }));
          });
        }
        """);
}
