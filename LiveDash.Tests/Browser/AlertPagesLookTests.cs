using System.Net.Http.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The alert pages with real alerts on them: accessible in both themes, within a phone's screen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AlertPagesLookTests(Shared.Browser browser)
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    [BrowserFact]
    public Task Pages_LightWithAlerts_AreAccessible() => CheckAsync(new() { ColorScheme = ColorScheme.Light }, AssertAccessibleAsync);

    [BrowserFact]
    public Task Pages_DarkWithAlerts_AreAccessible() => CheckAsync(new() { ColorScheme = ColorScheme.Dark }, AssertAccessibleAsync);

    [BrowserFact]
    public Task Pages_OnAPhoneWithAlerts_DoNotScrollSideways() => CheckAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } }, async (page, path) =>
    {
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(wide <= 390, $"{path} is {wide} px wide");
    });

    private static async Task AssertAccessibleAsync(IPage page, string path)
    {
        var grave = (await page.RunAxe(s_rules)).Violations.Where(static v => v.Impact is "serious" or "critical").ToList();
        Assert.True(grave.Count == 0, path + ":\n" + string.Join('\n', grave.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(node => node.Html))}")));
    }

    private async Task CheckAsync(BrowserNewContextOptions options, Func<IPage, string, Task> check)
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (name, severity) in new[] { ("Critical one", "critical"), ("Warning one", "warning"), ("Info one with a name that is a little longer than others", "info") })
        {
            using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name, expr = "mean(look.load{host=*}, 10s) > 80 critical 95 clear 70", severity, allowPartial = true, channels = new[] { "on-call", "pager" } });
            made.EnsureSuccessStatusCode();
        }

        using var channels = await app.Client.PutAsJsonAsync("/api/settings/channels", new object[]
        {
            new { name = "on-call", kind = "webhook", url = "http://127.0.0.1:9/a-path-that-is-long-and-holds-no-place-to-break-the-line", headers = new { Authorization = "x" }, secret = "y" },
            new { name = "night", kind = "mail", host = "mail.example.org", from = "a@example.org", to = new[] { "b@example.org", "somebody-with-a-long-name@a-long-domain.example.org" } },
        });
        channels.EnsureSuccessStatusCode();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await app.PostAsync(Enumerable.Range(0, 120).Select(i => $$"""{"series":"look.load","tags":{"host":"a-host-with-a-long-name"},"t":{{now - ((120 - i) * 1000)}},"value":{{(i % 50 < 25 ? 90 : 20)}}}"""));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/alerts")).Split("firing").Length > 3, "the alerts fire");
        foreach (var path in new[] { "/", "/alerts", "/alerts?show=recent", "/rules", "/rules/edit/critical-one", "/rules/new?expr=mean(look", "/settings/channels", "/settings/channels?add=another" })
        {
            await using var opened = await browser.OpenAsync(app, path, options);
            await Assertions.Expect(opened.Page.Locator(".strip")).ToHaveAttributeAsync("data-open", "3");
            if (path.StartsWith("/alerts", StringComparison.Ordinal)) await opened.Page.Locator("[data-open]").First.ClickAsync();
            if (path.Contains("edit", StringComparison.Ordinal)) await Assertions.Expect(opened.Page.Locator(".rule-answer")).ToContainTextAsync("Would have fired");
            await check(opened.Page, path);
            opened.AssertNoErrors();
        }
    }
}
