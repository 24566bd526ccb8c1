using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A page whose live connection is refused says so itself, and which setting lets it, instead of standing empty for ever.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HubRefusedTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [NginxBrowserFact]
    public async Task Page_WhoseHostIsNotPassedOn_NamesTheSettingWithinSeconds()
    {
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {fixture.App.Address.GetLeftPart(UriPartial.Authority)}; }}");
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        // By the page's own clock, from its beginning on: what the machine needs to show it to this test does not count.
        await page.AddInitScriptAsync("new MutationObserver(() => { if (!window.toldAt && document.getElementById('hub-refused')) window.toldAt = performance.now(); }).observe(document, { childList: true, subtree: true });");
        await page.GotoAsync(nginx.Origin + "/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        // Nothing of the page waits: the script asks as soon as it is there.
        var notice = page.Locator("#hub-refused");
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Visible, Timeout = 30_000 });

        // What the page itself waits for is the server's two answers: not for a connection to fail and be tried again.
        var (told, loaded) = (await page.EvaluateAsync<double>("window.toldAt"), await page.EvaluateAsync<double>("performance.getEntriesByType('resource').filter(one => one.name.includes('hub-check')).reduce((last, one) => Math.max(last, one.responseEnd), 0)"));
        Assert.True(told - loaded < 5_000, $"It was told {told - loaded} ms after the server had answered.");
        Assert.True(told > 0);
        await Assertions.Expect(notice).ToContainTextAsync("LiveDash:Security:AllowedOrigins");
        await Assertions.Expect(notice).ToContainTextAsync("Host");
        await Assertions.Expect(notice).ToHaveAttributeAsync("role", "alert");
    }

    [BrowserFact]
    public async Task Page_WhoseConnectionIsLet_SaysNothing()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/sources");
        await Assertions.Expect(opened.Page.Locator("#hub-refused")).ToHaveCountAsync(0);
    }
}
