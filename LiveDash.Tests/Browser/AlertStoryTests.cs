using System.Diagnostics;
using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The whole story of a rule, once written as text and once made of fields: channel, preview, saved, fired by curl, told, acknowledged, silenced, over.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AlertStoryTests(Shared.Browser browser)
{
    private const string Expression = "max(shop.load{shop=*}, 5s) > 80 critical 95 clear 70";

    [BrowserFact]
    public Task Story_RuleWrittenAsText_IsSeenThroughToItsEnd() => TellAsync(static page => page.GetByLabel("Rule, as text").FillAsync(Expression));

    [BrowserFact]
    public Task Story_RuleMadeOfFields_IsSeenThroughToItsEnd() => TellAsync(static async page =>
    {
        await page.GetByLabel("Series", new() { Exact = true }).FillAsync("shop.load{shop=*}");
        await page.GetByLabel("Aggregate").FillAsync("max");
        await page.GetByLabel("Over", new() { Exact = true }).FillAsync("5s");
        await page.GetByLabel("Threshold", new() { Exact = true }).FillAsync("80");
        await page.GetByLabel("Fires after").FillAsync("");
        await page.GetByLabel("Clear threshold").FillAsync("70");
        await Button(page, "Add a severity step").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("95");
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync(Expression);
    });

    private async Task TellAsync(Func<IPage, Task> writeAsync)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=0:0:0.1", "--LiveDash:Notifications:GroupInterval=0:0:0.1"]);
        using var channels = await app.Client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "ops", kind = "webhook", url = receiver.Address } });
        channels.EnsureSuccessStatusCode();
        await PostHistoryAsync(app);
        await using var opened = await browser.OpenAsync(app, "/rules/new?series=shop.load");
        var page = opened.Page;

        await page.GetByLabel("Name").FillAsync("Shop is busy");
        await writeAsync(page);
        await Assertions.Expect(page.Locator(".rule-answer")).ToContainTextAsync("Would have fired 3 times");
        await Assertions.Expect(page.Locator(".rule-episodes tbody tr")).ToHaveCountAsync(3);
        await page.GetByLabel("ops").CheckAsync();
        await page.GetByLabel("Judge a window before it is full").CheckAsync();
        await Button(page, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rules");

        await CurlAsync(app, """{"series":"shop.load","tags":{"shop":"berlin"},"value":97}""");
        var banner = page.Locator(".strip");
        await Assertions.Expect(banner).ToContainTextAsync("Shop is busy");
        await Assertions.Expect(banner).ToContainTextAsync("97, above 95");
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Rules · LiveDash");
        await banner.GetByRole(AriaRole.Link, new() { Name = "Shop is busy" }).ClickAsync();
        var line = page.Locator(".alert-line", new() { HasText = "shop.load{shop=berlin}" });
        await Assertions.Expect(line.Locator(".timeline .fired")).ToContainTextAsync("Fired, critical at 97");
        await Assertions.Expect(line.Locator(".timeline .told")).ToContainTextAsync("ops was told that it fires");
        await Assertions.Expect(line.Locator(".live-chart .chart-mark.fired")).ToHaveCountAsync(1);

        await line.GetByLabel("Why, for others").FillAsync("the sale began");
        await Button(page, "Acknowledge with this note").ClickAsync();
        await Assertions.Expect(line.Locator(".timeline .acknowledged")).ToContainTextAsync("Acknowledged by somebody at the dashboard: the sale began");
        await line.GetByRole(AriaRole.Button, new() { Name = "Take the acknowledgement" }).ClickAsync();
        await Assertions.Expect(banner).ToContainTextAsync("Shop is busy");
        await line.GetByRole(AriaRole.Button, new() { Name = "Acknowledge Shop is busy" }).ClickAsync();
        await Assertions.Expect(banner).ToContainTextAsync("All quiet");
        await line.Locator(".drop-down > summary").ClickAsync();
        await line.GetByRole(AriaRole.Button, new() { Name = "For 15 minutes" }).ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("silenced");
        await page.GetByRole(AriaRole.Link, new() { Name = "Silences" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End the silence of Shop is busy" }).ClickAsync();
        await Assertions.Expect(page.Locator(".silence-list")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(line).ToBeVisibleAsync();

        // Ahead by the window's length, so that the breach has left it; it waits for its time before it is judged.
        var later = TimeProvider.System.GetUtcNow().AddSeconds(10).ToUnixTimeMilliseconds();
        await CurlAsync(app, $$$"""{"series":"shop.load","tags":{"shop":"berlin"},"t":{{{later}}},"value":7}""");
        await Assertions.Expect(line).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Recent" }).ClickAsync();
        await line.First.Locator("[data-open]").ClickAsync();
        await Assertions.Expect(line.First.Locator(".timeline .resolved")).ToContainTextAsync("Resolved: back within bounds at 7");
        await Assertions.Expect(line.First.Locator(".timeline .told")).ToContainTextAsync(["ops was told that it fires", "ops was told that it is over"]);
        Assert.Equal(2, receiver.Received.Count);
        await Assertions.Expect(page).ToHaveTitleAsync("Alerts · LiveDash");
        opened.AssertNoErrors();
    }

    // As the first page of the README says it; where there is no curl, the same request.
    private static async Task CurlAsync(LiveApp app, string point)
    {
        if (!File.Exists("/usr/bin/curl"))
        {
            await app.PostAsync(point);
            return;
        }

        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", ["-sf", "-d", point, new Uri(app.Address, "/api/points").ToString()]) { RedirectStandardOutput = true })!;
        Assert.Contains("\"accepted\":1", await curl.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        await curl.WaitForExitAsync();
    }

    // Ten minutes with three breaches, that end a minute ago.
    private static Task PostHistoryAsync(LiveApp app)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-11).ToUnixTimeMilliseconds();
        return app.PostAsync(Enumerable.Range(0, 600).Select(i => $$$"""{"series":"shop.load","tags":{"shop":"berlin"},"t":{{{start + (i * 1000)}}},"value":{{{(i % 200 is > 50 and < 90 ? 92 : 40 + (i % 7))}}}}"""));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
