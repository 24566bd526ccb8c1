using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AlertBannerTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Banner_RuleBreachedAndOver_ComesOnEveryPageCountsInTheTitleAndGoes()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await using var opened = await browser.OpenAsync(app, "/sources");
        var banner = opened.Page.GetByRole(AriaRole.Region, new() { Name = "Alerts that need somebody" });

        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await Assertions.Expect(banner).ToContainTextAsync("Critical");
        await Assertions.Expect(banner).ToContainTextAsync("cpu.load");
        await Assertions.Expect(opened.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(1\) "));
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Windows" }).ClickAsync();
        await Assertions.Expect(opened.Page).ToHaveTitleAsync("(1) Windows · LiveDash");
        await Assertions.Expect(banner).ToBeVisibleAsync();

        await app.PostAsync("""{"series":"cpu.load","value":7}""");
        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await Assertions.Expect(opened.Page).ToHaveTitleAsync("Windows · LiveDash");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Banner_Dismissed_StaysAwayOverAReloadForThisEpisodeAndThisBrowser()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await using var opened = await browser.OpenAsync(app);
        var banner = opened.Page.Locator(".alert-banner");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Hide hot in this browser" }).ClickAsync();
        await Assertions.Expect(banner).ToHaveCountAsync(0);

        await opened.Page.ReloadAsync();
        await Assertions.Expect(opened.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(1\) "));
        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await using var other = await browser.OpenAsync(app);
        await Assertions.Expect(other.Page.Locator(".alert-banner")).ToBeVisibleAsync();

        await app.PostAsync("""{"series":"cpu.load","value":7}""");
        await Assertions.Expect(other.Page.Locator(".alert-banner")).ToHaveCountAsync(0);
        await app.PostAsync("""{"series":"cpu.load","value":98}""");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Banner_AcknowledgedInOneTab_LeavesTheOtherToo()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "hot", "last(cpu.load, 1) > 80");
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await using var first = await browser.OpenAsync(app);
        await using var second = await browser.OpenAsync(app, "/series");
        await Assertions.Expect(second.Page.Locator(".alert-banner")).ToBeVisibleAsync();

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge hot" }).ClickAsync();

        await Assertions.Expect(second.Page.Locator(".alert-banner")).ToHaveCountAsync(0);
        await Assertions.Expect(second.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(1\) "));
        first.AssertNoErrors();
        second.AssertNoErrors();
    }

    private static async Task AddRuleAsync(LiveApp app, string name, string expr)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/rules", new { name, expr, severity = "critical" });
        answer.EnsureSuccessStatusCode();
    }
}
