using System.Globalization;
using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The alert page as somebody on duty uses it: few alerts, a thousand at once, and what the browser itself does when one fires.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AlertPanelTests(Shared.Browser browser)
{
    // What the browser does instead of a sound and a notification of the computer: it writes them down.
    private const string RecordScript = """
        window.heard = []; window.noticed = []; window.asked = 0;
        window.AudioContext = class {
          currentTime = 0; destination = {};
          createOscillator() { return { frequency: {}, connect: to => to, start() { heard.push(this.frequency.value); }, stop() {} }; }
          createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: to => to }; }
          close() {}
        };
        window.Notification = class { constructor(title, options) { noticed.push(options.body); } close() {} };
        Notification.permission = 'default';
        Notification.requestPermission = async () => { asked++; Notification.permission = 'granted'; return 'granted'; };
        """;

    [BrowserFact]
    public async Task Alerts_AThousandAtOnce_AreSearchedChosenAcknowledgedAndSilencedTogether()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "Rack is hot", "last(rack.temp{rack=*}, 1) > 80 critical 90", "warning");
        await app.PostAsync(Enumerable.Range(0, 1_000).Select(static i => $$$"""{"series":"rack.temp","tags":{"rack":"r{{{i}}}"},"value":{{{81 + (i % 17)}}}}"""));
        await using var opened = await browser.OpenAsync(app, "/alerts");
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".strip")).ToHaveAttributeAsync("data-open", "1000");
        await Assertions.Expect(Button(page, "Firing 1,000")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".alert-line")).ToHaveCountAsync(300);
        await Assertions.Expect(page.Locator(".page")).ToContainTextAsync("300 of 1,000 shown");
        await Assertions.Expect(page.Locator(".alert-line").First.Locator(".alert-figure")).ToContainTextAsync("above 90");

        await page.GetByLabel("Search alerts").FillAsync("rack=r77 critical");
        await Assertions.Expect(page.Locator(".alert-line").First).ToContainTextAsync("rack.temp{rack=r77");
        await Button(page, "Choose all " + (await page.Locator(".alert-line").CountAsync()).ToString(CultureInfo.InvariantCulture)).ClickAsync();
        await Button(page, "Acknowledge all").ClickAsync();
        await Assertions.Expect(page.Locator(".alert-line", new() { HasText = "acknowledged" })).ToHaveCountAsync(await page.Locator(".alert-line").CountAsync());

        await page.GetByLabel("Search alerts").FillAsync("");
        await Button(page, "Choose all 1,000").ClickAsync();
        var bulk = page.GetByRole(AriaRole.Group, new() { Name = "All chosen" });
        await Assertions.Expect(bulk).ToContainTextAsync("1,000 chosen");
        await bulk.Locator(".drop-down > summary").ClickAsync();
        await Button(page, "For 1 hour").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".alert-said")).ToContainTextAsync("Rack is hot, every series: silent for 1 h.");
        using var silences = System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/silences"));
        Assert.Equal(1, silences.RootElement.GetArrayLength());
        await Assertions.Expect(page.Locator(".strip.quiet")).ToBeVisibleAsync();
        await Assertions.Expect(Button(page, "Silenced 1,000")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Alerts_GroupedOrderedAndUnderTabs_AreWhereOneLooks()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "Hot", "last(cpu.load{host=*}, 1) > 80", "critical");
        await AddRuleAsync(app, "Slow", "last(shop.latency, 1) > 80 for 1h", "info");
        await app.PostAsync("""{"series":"cpu.load","tags":{"host":"b"},"value":97}""", """{"series":"cpu.load","tags":{"host":"a"},"value":98}""", """{"series":"shop.latency","value":97}""");
        await using var opened = await browser.OpenAsync(app, "/alerts");
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".alert-line")).ToHaveCountAsync(3);

        await page.GetByLabel("Group").SelectOptionAsync("by rule");
        await Assertions.Expect(page.Locator(".alert-group")).ToHaveTextAsync(["Hot 2", "Slow 1"]);
        await page.GetByLabel("Order").SelectOptionAsync("by name");
        await Assertions.Expect(page.Locator(".alert-series")).ToHaveTextAsync(["cpu.load{host=a}", "cpu.load{host=b}", "shop.latency"]);
        await Button(page, "Pending 1").ClickAsync();
        await Assertions.Expect(page.Locator(".alert-series")).ToHaveTextAsync(["shop.latency"]);
        await Button(page, "Recent 0").ClickAsync();
        await Assertions.Expect(page.Locator(".alert-none")).ToContainTextAsync("No alert has come and gone yet.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sound and notifications" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Make a sound")).ToBeInViewportAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Browser_FiresWhileNobodyAskedForMore_IsSilentAndThenTellsOnce()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "Hot", "last(cpu.load{host=*}, 1) > 80", "critical");
        await using var opened = await browser.OpenAsync(app, "/alerts");
        var page = opened.Page;
        await page.EvaluateAsync("() => {" + RecordScript + "}");
        await Assertions.Expect(page.Locator(".alert-none")).ToContainTextAsync("All quiet");
        await Assertions.Expect(page.GetByLabel("Make a sound")).Not.ToBeCheckedAsync();
        await app.PostAsync("""{"series":"cpu.load","tags":{"host":"a"},"value":97}""");
        await Assertions.Expect(page).ToHaveTitleAsync("(1) Alerts · LiveDash");
        Assert.Equal(0, await page.EvaluateAsync<int>("heard.length + noticed.length + asked"));

        await page.GetByLabel("Make a sound").CheckAsync();
        await page.WaitForFunctionAsync("() => heard.length > 0");
        await page.GetByLabel("Show a notification").CheckAsync();
        await page.WaitForFunctionAsync("() => asked === 1");
        await page.EvaluateAsync("heard.length = 0");
        await app.PostAsync("""{"series":"cpu.load","tags":{"host":"b"},"value":98}""");
        await page.WaitForFunctionAsync("() => noticed.length === 1 && heard.length === 3");
        Assert.Equal("Critical: Hot, cpu.load{host=b} at 98.", await page.EvaluateAsync<string>("noticed[0]"));
        await Assertions.Expect(page).ToHaveTitleAsync("(2) Alerts · LiveDash");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Mark_OnAChartOfTheSeries_OpensTheEpisodeShaded()
    {
        await using var app = await LiveApp.StartAsync();
        await AddRuleAsync(app, "Hot", "last(cpu.load, 1) > 80", "critical");
        await AddRuleAsync(app, "Other", "last(mem.used, 1) > 80", "info");
        await app.PostAsync("""{"series":"cpu.load","value":97}""", """{"series":"mem.used","value":97}""");
        await using var opened = await browser.OpenAsync(app, "/");
        var page = opened.Page;

        await page.Locator("[aria-label='Chart of cpu.load'] .chart-mark.fired").ClickAsync();

        await Assertions.Expect(page.Locator(".alert-line.open")).ToContainTextAsync("Hot");
        await Assertions.Expect(page.Locator(".alert-line.open .timeline .fired")).ToContainTextAsync("Fired, critical at 97");
        await Assertions.Expect(page.Locator(".alert-line.open .live-chart")).ToHaveAttributeAsync("data-shaded", "1");
        // The small line in the list is drawn in the alert's colour, with the rule's threshold.
        await Assertions.Expect(page.Locator(".alert-line.open")).ToHaveAttributeAsync("data-thresholds", "80 crit");
        await page.Locator(".alert-line.open [data-open]").ClickAsync();
        await page.WaitForFunctionAsync("() => { const spark = document.querySelector('.alert-line [data-part=spark]'); return spark?.width > 0 && spark.getContext('2d').getImageData(0, 0, spark.width, spark.height).data.some(byte => byte > 0); }");
        opened.AssertNoErrors();
    }

    private static async Task AddRuleAsync(LiveApp app, string name, string expr, string severity)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/rules", new { name, expr, severity });
        answer.EnsureSuccessStatusCode();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
