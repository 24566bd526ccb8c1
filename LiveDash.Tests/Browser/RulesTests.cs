using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A rule from its writing to the end of its alert, as somebody at the pages goes through it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RulesTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Rule_WrittenAsText_IsPreviewedSavedFiresAndIsSeenThroughToItsEnd()
    {
        await using var app = await LiveApp.StartAsync();
        await PostHistoryAsync(app);
        await using var opened = await browser.OpenAsync(app, "/rules/new");
        var page = opened.Page;
        var text = page.GetByLabel("Rule, as text");

        await text.FillAsync("last(shop.load, 1) >> 80");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'>>' is not a comparison");
        await Assertions.Expect(page.Locator(".rule-caret")).ToContainTextAsync("^");
        await Assertions.Expect(Button(page, "Save")).ToBeDisabledAsync();

        await text.FillAsync("last(shop.load, 1) > 80 clear 70");
        await Assertions.Expect(page.Locator(".rule-answer")).ToContainTextAsync("Would have fired 3 times");
        await Assertions.Expect(page.Locator(".rule-chart")).ToHaveAttributeAsync("data-episodes", "3");
        await Assertions.Expect(page.GetByLabel("Threshold", new() { Exact = true })).ToHaveValueAsync("80");
        await Button(page, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A rule has a name");
        await page.GetByLabel("Name").FillAsync("Shop is busy");
        await page.GetByLabel("Severity", new() { Exact = true }).SelectOptionAsync("critical");
        await Button(page, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Shop is busy is saved" })).ToBeVisibleAsync();

        await app.PostAsync("""{"series":"shop.load","value":97}""");
        var banner = page.Locator(".strip");
        await Assertions.Expect(banner).ToContainTextAsync("Shop is busy");
        await banner.GetByRole(AriaRole.Link, new() { Name = "Shop is busy" }).ClickAsync();
        var line = page.Locator(".alert-line", new() { HasText = "shop.load" });
        await Assertions.Expect(line).ToContainTextAsync("Firing");
        await Assertions.Expect(line.Locator(".timeline")).ToContainTextAsync("Fired, critical at 97");
        await Assertions.Expect(line.Locator(".live-chart .chart-mark.fired")).ToHaveCountAsync(1);
        await line.GetByRole(AriaRole.Button, new() { Name = "Acknowledge Shop is busy" }).ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("acknowledged");
        await Assertions.Expect(banner).ToContainTextAsync("All quiet");
        await line.Locator(".drop-down > summary").ClickAsync();
        await Button(page, "For 1 hour").ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("silenced");
        await page.GetByRole(AriaRole.Link, new() { Name = "Silences" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".silence-list")).ToContainTextAsync("Shop is busy");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the silence of Shop is busy" }).ClickAsync();
        await Assertions.Expect(page.Locator(".silence-list")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(line).ToBeVisibleAsync();

        await app.PostAsync("""{"series":"shop.load","value":7}""");
        await Assertions.Expect(line).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Recent" }).ClickAsync();
        await line.Locator("[data-open]").ClickAsync();
        await Assertions.Expect(line.Locator(".timeline")).ToContainTextAsync("Resolved: back within bounds at 7");
        await line.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(line.Locator("[data-open]")).ToBeFocusedAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rule_MadeOfFields_HasTheSameText()
    {
        await using var app = await LiveApp.StartAsync();
        await PostHistoryAsync(app);
        await using var opened = await browser.OpenAsync(app, "/rules/new");
        var page = opened.Page;

        await page.GetByLabel("Name").FillAsync("From fields");
        await page.GetByLabel("Series", new() { Exact = true }).FillAsync("shop.*");
        await page.GetByLabel("Aggregate").FillAsync("max");
        await page.GetByLabel("Over", new() { Exact = true }).FillAsync("1m");
        await page.GetByLabel("Is", new() { Exact = true }).SelectOptionAsync("at least");
        await page.GetByLabel("Threshold", new() { Exact = true }).FillAsync("85");
        await page.GetByLabel("Fires after").FillAsync("5s");
        await Button(page, "Add a severity step").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("95");
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("max(shop.*, 1m) >= 85 critical 95 for 5s");
        await Button(page, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rules");

        Assert.Contains("max(shop.*, 1m) >= 85 critical 95 for 5s", await app.GetAsync("/api/rules/from-fields"), StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Threshold_DraggedAndMovedByKeys_EditsTheRuleAndThePreviewFollows()
    {
        await using var app = await LiveApp.StartAsync();
        await PostHistoryAsync(app);
        await using var opened = await browser.OpenAsync(app, "/rules/new?expr=last(shop.load,%201)%20%3E%2080");
        var page = opened.Page;
        var text = page.GetByLabel("Rule, as text");
        var answer = page.Locator(".rule-answer");
        await Assertions.Expect(answer).ToContainTextAsync("Would have fired 3 times");
        var grip = page.GetByRole(AriaRole.Slider, new() { Name = "Threshold" });
        var box = (await grip.BoundingBoxAsync())!;
        var chart = (await page.Locator(".rule-chart .u-over").BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + 8, box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 8, chart.Y + 2, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(answer).ToContainTextAsync("Would not have fired");
        var dragged = double.Parse(Regex.Match(await text.InputValueAsync(), @"> ([\d.]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(dragged > 95, $"The line was dragged to {dragged}.");

        await page.Mouse.MoveAsync(0, 0);
        await page.GetByRole(AriaRole.Slider, new() { Name = "Threshold" }).FocusAsync();
        await page.Keyboard.PressAsync("PageDown");
        await Assertions.Expect(answer).ToContainTextAsync("Would have fired 3 times");
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Threshold" })).ToBeFocusedAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rules_PausedDeletedAndBrought_AreJudgedAgain()
    {
        await using var app = await LiveApp.StartAsync();
        using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name = "Hot", expr = "last(cpu.load, 1) > 80" });
        await using var opened = await browser.OpenAsync(app, "/rules");
        var page = opened.Page;
        var line = page.Locator(".alert-line", new() { HasText = "cpu.load" });

        await page.GetByLabel("Hot is judged").UncheckAsync();
        await Assertions.Expect(line).ToContainTextAsync("Paused");
        await page.GetByLabel("Hot is judged").CheckAsync();
        await Assertions.Expect(line).ToContainTextAsync("Quiet");
        await page.GetByLabel("Delete Hot").ClickAsync();
        await Assertions.Expect(line).ToHaveCountAsync(0);
        await Button(page, "Undo").ClickAsync();
        await Assertions.Expect(line).ToBeVisibleAsync();
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await Assertions.Expect(line).ToContainTextAsync("Firing");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Alerts_ByKeyboard_AreMovedThroughAcknowledgedAndChosen()
    {
        await using var app = await LiveApp.StartAsync();
        using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name = "Hot", expr = "last(cpu.load{host=*}, 1) > 80" });
        await app.PostAsync("""{"series":"cpu.load","tags":{"host":"a"},"value":97}""", """{"series":"cpu.load","tags":{"host":"b"},"value":98}""");
        await using var opened = await browser.OpenAsync(app, "/alerts");
        var page = opened.Page;
        var lines = page.Locator(".alert-line");
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        // The banner stands once the script that listens to the keys is there.
        await Assertions.Expect(page.Locator(".strip.crit, .strip.warn")).ToBeVisibleAsync();

        await lines.Nth(0).Locator("[data-open]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("acknowledged");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("x");
        var bulk = page.GetByRole(AriaRole.Group, new() { Name = "All chosen" });
        await Assertions.Expect(bulk).ToContainTextAsync("2 chosen");
        await bulk.Locator(".drop-down > summary").ClickAsync();
        await bulk.GetByRole(AriaRole.Button, new() { Name = "For another time…" }).ClickAsync();
        await page.GetByLabel("For how long").FillAsync("90m");
        await page.GetByLabel("Why").FillAsync("moving racks");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Silence" }).ClickAsync();
        var silenced = page.Locator(".alert-line", new() { HasText = "silenced" });
        await Assertions.Expect(silenced).ToHaveCountAsync(2);
        Assert.Contains("moving racks", await app.GetAsync("/api/silences"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(silenced).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    // Ten minutes with three breaches, that end a minute ago.
    private static Task PostHistoryAsync(LiveApp app)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-11).ToUnixTimeMilliseconds();
        return app.PostAsync(Enumerable.Range(0, 600).Select(i => $$"""{"series":"shop.load","t":{{start + (i * 1000)}},"value":{{(i % 200 is > 50 and < 90 ? 92 : 40 + (i % 7))}}}"""));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
