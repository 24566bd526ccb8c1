using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>How people hear of alerts, set up and seen through at the page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChannelsPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Webhook_AddedTestedEditedDeletedAndBrought_ReachesItsReceiver()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static n => n == 1 ? 500 : 200);
        await using var app = await LiveApp.StartAsync();
        await using var opened = await browser.OpenAsync(app, "/settings/channels");
        var page = opened.Page;
        await page.Locator(".channel-none").GetByRole(AriaRole.Button, new() { Name = "Webhook" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);

        await dialog.GetByLabel("Address", new() { Exact = true }).FillAsync("ftp://example.org");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("'url' is an http or https address");
        await Button(dialog, "Add").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert).First).ToContainTextAsync("A channel has a name");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("ops");
        await dialog.GetByLabel("Address", new() { Exact = true }).FillAsync(receiver.Address + "/hook");
        await dialog.GetByText("Headers and signature").ClickAsync();
        await dialog.GetByLabel("Headers", new() { Exact = true }).FillAsync("Authorization: Bearer abc");
        await dialog.GetByLabel("Signing secret").FillAsync("s3cret");
        await Button(dialog, "Send a test").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("The test was taken");
        await Button(dialog, "Add").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        var line = page.Locator("[data-channel=ops]");
        await Assertions.Expect(line).ToContainTextAsync("no rule tells it");

        var test = page.GetByRole(AriaRole.Button, new() { Name = "Send a test to ops" });
        await test.ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("did not get through. The receiver answered 500");
        await test.ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("The test was taken");
        Assert.Equal(3, receiver.Received.Count);
        Assert.All(receiver.Received, static one => Assert.StartsWith("sha256=", one.Signature, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit ops" }).ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Headers", new() { Exact = true })).ToHaveValueAsync("Authorization: ***");
        await Assertions.Expect(dialog.GetByLabel("Signing secret")).ToHaveValueAsync("");
        Assert.DoesNotContain("s3cret", await page.ContentAsync(), StringComparison.Ordinal);
        await dialog.GetByText("Body of your own").ClickAsync();
        await dialog.GetByLabel("Template").FillAsync("""{"text":"{rule} {value}"}""");
        await Assertions.Expect(dialog.Locator(".channel-body")).ToContainTextAsync("""{"text":"hot 91.3"}""");
        await Button(dialog, "Save").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "ops is saved" })).ToBeVisibleAsync();
        await test.ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("The test was taken");
        var last = receiver.Received.Last();
        Assert.Equal("""{"text":"Test 1"}""", last.Body);
        Assert.StartsWith("sha256=", last.Signature, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete ops" }).ClickAsync();
        await Assertions.Expect(page.Locator(".channel-none")).ToBeVisibleAsync();
        await Button(page.Locator(".page"), "Undo").ClickAsync();
        await test.ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("The test was taken");
        Assert.StartsWith("sha256=", receiver.Received.Last().Signature, StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Delivery_GivenUp_IsListedWithItsReasonTriedAgainAndTaken()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static n => n == 0 ? 404 : 200);
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=0:0:0.1"]);
        using var channel = await app.Client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "ops", kind = "webhook", url = receiver.Address } });
        using var rule = await app.Client.PostAsJsonAsync("/api/rules", new { name = "hot", expr = "last(cpu.load, 1) > 80", channels = new[] { "ops", "pager" } });
        await app.PostAsync("""{"series":"cpu.load","value":97}""");
        await using var opened = await browser.OpenAsync(app, "/settings/channels");
        var page = opened.Page;
        var given = page.GetByRole(AriaRole.Region, new() { Name = "Not delivered" });

        await Assertions.Expect(page.Locator(".notice.warn")).ToContainTextAsync("tells pager, and there is no channel of that name");
        await Assertions.Expect(given.Locator("li")).ToHaveCountAsync(2);
        await Assertions.Expect(given).ToContainTextAsync("There is no channel 'pager'");
        await Assertions.Expect(given).ToContainTextAsync("The receiver answered 404");
        await given.GetByRole(AriaRole.Button, new() { Name = "Forget: pager" }).ClickAsync();
        await Assertions.Expect(given.Locator("li")).ToHaveCountAsync(1);
        await given.GetByRole(AriaRole.Button, new() { Name = "Try again: ops" }).ClickAsync();
        await Assertions.Expect(given).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-channel=ops]")).ToContainTextAsync("delivered");
        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(static one => one.Key).Distinct());

        await Button(page.Locator(".page"), "Add pager").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("pager");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
