using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SendPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Page_ForASender_ShowsThisServersLinesAndTheFirstPointAsItArrives()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Graphite)}:Endpoint=127.0.0.1:0"]);
        await using var page = await browser.OpenAsync(app, "/send");
        Assert.Contains(NavPage.All, static link => link.Address == "send");
        Assert.Contains($"curl {app.Address}api/points", await page.Page.Locator(".send-code pre").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.GetByText("Waiting for the first point").WaitForAsync();
        await app.PostAsync("""{"series":"orders","tags":{"shop":"berlin"},"value":42}""");
        await page.Page.Locator(".send-value", new() { HasText = "42" }).WaitForAsync();
        Assert.Contains("orders{shop=berlin}", await page.Page.Locator(".send-watch").InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.Locator(".send-chart .live-chart[data-lines='1'][data-columns='1']").WaitForAsync();
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Graphite" }).ClickAsync();
        await page.Page.Locator("#sender-name", new() { HasText = "Graphite" }).WaitForAsync();
        Assert.Contains($"nc -N 127.0.0.1 {app.Listener(ListenerSpec.Graphite).Port}", await page.Page.Locator(".send-code pre").First.InnerTextAsync(), StringComparison.Ordinal);
        page.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Page_ForAListenerThatIsOff_SaysSo()
    {
        await using var app = await LiveApp.StartAsync();
        await using var page = await browser.OpenAsync(app, "/send/statsd");
        await page.Page.GetByText("LiveDash:Listeners:Statsd:Endpoint").WaitForAsync();
    }

    [BrowserFact]
    public async Task SourcesPage_ASimulator_IsAddedTriedAndDeleted()
    {
        await using var app = await LiveApp.StartAsync();
        await using var page = await browser.OpenAsync(app, "/sources");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add a source" }).ClickAsync();
        await page.Page.GetByText("Simulator", new() { Exact = true }).ClickAsync();
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await page.Page.GetByText("points a second").WaitForAsync();
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await SourceCalls.RunsAsync(app, "simulator");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Delete simulator" }).ClickAsync();
        await Wait.UntilAsync(async () => await app.GetAsync("/api/settings/sources") == "[]", "it is gone");
        page.AssertNoErrors();
    }

    [BrowserFact]
    public async Task SourcesPage_MessagesSetAside_AreShownReadAgainAndForgotten()
    {
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "m", "mqtt", ("port", "1"), ("topics", "#"), ("format", "json"));
        await app.Services.GetRequiredService<PoisonShelf>().PutAsync(
            "m", [PoisonShelf.Message("m", """{"rpm":7}"""u8, "pump", "an old fault", DateTime.UnixEpoch.Ticks), PoisonShelf.Message("m", "no such thing"u8, "pump", "another", DateTime.UnixEpoch.Ticks)], default);
        await using var page = await browser.OpenAsync(app, "/sources");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "2 messages set aside by m" }).ClickAsync();
        await page.Page.GetByText("an old fault").WaitForAsync();
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Read message 0000000000 again" }).ClickAsync();
        await page.Page.GetByText("Its points are kept.").WaitForAsync();
        await SourceCalls.StoredAsync(app, "pump.rpm", "7");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Forget all" }).ClickAsync();
        await page.Page.GetByText("One message is forgotten.").WaitForAsync();
        page.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Copy_OfLinesAndOfAnAddress_PutsThemOnTheClipboard()
    {
        await using var app = await LiveApp.StartAsync();
        await using var page = await browser.OpenAsync(app, "/send");
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await CopyAsync(page.Page, page.Page.Locator(".send-code").First, "pre");
        await page.Page.GotoAsync(new Uri(app.Address, "/plots").ToString());
        await CopyAsync(page.Page, page.Page.Locator(".code-line").First, "code");
    }

    private static async Task CopyAsync(Microsoft.Playwright.IPage page, Microsoft.Playwright.ILocator line, string text)
    {
        await line.Locator("[data-copy]").ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(line.Locator("[data-copy]")).ToHaveTextAsync("Copied");
        Assert.Equal(await line.Locator(text).TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task SourcesPage_WhereAListenerListens_IsChangedInPlace()
    {
        await using var app = await LiveApp.StartAsync();
        var port = Tool.FreePort();
        await using var page = await browser.OpenAsync(app, "/sources");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Change where Graphite listens" }).ClickAsync();
        await page.Page.GetByLabel("Address and port, or nothing for off").FillAsync($"127.0.0.1:{port}");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.Page.GetByText($"127.0.0.1:{port}").WaitForAsync();
        Assert.Equal(port, app.Listener(ListenerSpec.Graphite).Port);
    }
}
