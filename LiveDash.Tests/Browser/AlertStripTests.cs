using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AlertStripTests(Shared.Browser browser)
{
    private const string Top = "document.querySelector('main').getBoundingClientRect().top";
    private static readonly Regex s_oneOpen = new(@"^\(1\) ");

    [BrowserFact]
    public async Task Strip_RuleBreachedAndOver_SaysSoOnEveryPageCountsInTheTitleAndMovesNothing()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await app.PostAsync("""{"series":"cpu.load","value":7}""");
        await using var opened = await browser.OpenAsync(app, "/sources");
        var strip = opened.Page.GetByRole(AriaRole.Region, new() { Name = "Alerts that need somebody" });
        await Assertions.Expect(strip).ToContainTextAsync("All quiet, 4 rules watch 1 series");
        var top = await opened.Page.EvaluateAsync<double>(Top);

        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await Assertions.Expect(strip).ToContainTextAsync("Critical");
        await Assertions.Expect(strip).ToContainTextAsync("cpu.load");
        await Assertions.Expect(strip).ToContainTextAsync("97, above 80");
        await Assertions.Expect(opened.Page).ToHaveTitleAsync(s_oneOpen);
        Assert.Equal(top, await opened.Page.EvaluateAsync<double>(Top));
        Assert.Equal(80, top);
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Link, new() { Name = "1 open alert" })).ToBeVisibleAsync();
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Windows" }).ClickAsync();
        await Assertions.Expect(opened.Page).ToHaveTitleAsync("(1) Windows · LiveDash");
        await Assertions.Expect(strip).ToContainTextAsync("Critical");

        await app.PostAsync("""{"series":"cpu.load","value":7}""");
        await Assertions.Expect(strip).ToContainTextAsync("All quiet");
        await Assertions.Expect(opened.Page).ToHaveTitleAsync("Windows · LiveDash");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Drawer_HiddenHere_StaysAwayOverAReloadForThisEpisodeAndThisBrowser()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await using var opened = await browser.OpenAsync(app);
        var quiet = opened.Page.Locator(".strip.quiet");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Details" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Hide here: hot" }).ClickAsync();
        await Assertions.Expect(quiet).ToBeVisibleAsync();

        await opened.Page.ReloadAsync();
        await Assertions.Expect(opened.Page).ToHaveTitleAsync(s_oneOpen);
        await Assertions.Expect(quiet).ToContainTextAsync("1 seen to");
        await using var other = await browser.OpenAsync(app);
        await Assertions.Expect(other.Page.Locator(".strip.crit")).ToBeVisibleAsync();

        await app.PostAsync("""{"series":"cpu.load","value":7}""");
        await Assertions.Expect(other.Page.Locator(".strip.quiet")).ToBeVisibleAsync();
        await app.PostAsync("""{"series":"cpu.load","value":98}""");
        await Assertions.Expect(opened.Page.Locator(".strip.crit")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Strip_AcknowledgedInOneTab_IsQuietInTheOtherToo()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await using var first = await browser.OpenAsync(app);
        await using var second = await browser.OpenAsync(app, "/series");
        await Assertions.Expect(second.Page.Locator(".strip.crit")).ToBeVisibleAsync();

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge hot" }).ClickAsync();

        await Assertions.Expect(second.Page.Locator(".strip.quiet")).ToBeVisibleAsync();
        await Assertions.Expect(second.Page).ToHaveTitleAsync(s_oneOpen);
        first.AssertNoErrors();
        second.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Drawer_ByKeyboard_OpensListsAllAndClosesOnEscape()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load{host=*}, 1) > 80");
        await AddRuleAsync(app, "hotter", "last(cpu.load{host=*}, 1) > 90", "warning");
        await app.PostAsync("""{"series":"cpu.load","tags":{"host":"a"},"value":97}""", """{"series":"cpu.load","tags":{"host":"b"},"value":85}""");
        await using var opened = await browser.OpenAsync(app, "/rules");
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("1 warning");
        await page.Locator(".strip-more").PressAsync("Enter");
        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Alerts that need somebody" });
        await Assertions.Expect(drawer.Locator(".drawer-alert")).ToHaveCountAsync(2);
        await Assertions.Expect(drawer).ToContainTextAsync("2 series");
        var top = await page.EvaluateAsync<double>("document.querySelector('.alert-drawer').getBoundingClientRect().top");
        Assert.Equal(80, top);

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(drawer).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    private static async Task AddRuleAsync(LiveApp app, string name, string expr, string severity = "critical")
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/rules", new { name, expr, severity });
        answer.EnsureSuccessStatusCode();
    }
}
