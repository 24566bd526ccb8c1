using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ReportsPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Reports_SubmittedOnThePage_AppearsAndDownloads()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/reports");
        var page = opened.Page;
        await Button(page, "New plot").ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("report.load");
        await page.Locator(".series-list button").First.ClickAsync();
        await page.GetByLabel("From").FillAsync("2010");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2010");
        await page.GetByLabel("Kind").SelectOptionAsync("histogram");
        await Assertions.Expect(page.GetByAltText(new Regex("Preview: Histogram of report.load"))).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await Button(page, "Submit job").ClickAsync();

        var card = page.Locator(".job-card[data-status=done]");
        await Assertions.Expect(card).ToContainTextAsync("60 points");
        await Assertions.Expect(page.Locator(".composer")).ToHaveCountAsync(0);
        await card.GetByText("Download", new() { Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => card.GetByRole(AriaRole.Link, new() { Name = "SVG" }).ClickAsync());
        Assert.EndsWith(".svg", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await card.GetByRole(AriaRole.Button, new() { Name = "Delete report.load" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No jobs yet")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Reports_JobSubmittedElsewhere_AppearsWithoutAReload()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/reports");
        await Assertions.Expect(opened.Page.GetByText("No jobs yet")).ToBeVisibleAsync();

        using var body = new StringContent("""{"start":"2001","end":"2021","title":"From a terminal"}""");
        (await app.Client.PostAsync("/submit", body)).EnsureSuccessStatusCode();

        var card = opened.Page.Locator(".job-card[data-status=done]", new() { HasText = "From a terminal" });
        await Assertions.Expect(card).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator("img")).ToHaveJSPropertyAsync("complete", true);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Reports_KeptOnASchedule_DrawnAndServedThenPausedAndDeleted()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/reports?series=report.load&start=2010&end=2010");
        var page = opened.Page;
        await page.GetByLabel("Schedule it").CheckAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("load of 2010");
        await Assertions.Expect(page.Locator(".composer-keep .error")).ToContainTextAsync("letters, digits");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("load-2010");
        await page.GetByLabel("Schedule", new() { Exact = true }).FillAsync("61 * * * *");
        await Assertions.Expect(page.Locator(".composer-keep .error")).ToContainTextAsync("0 to 59");
        await page.GetByLabel("Schedule", new() { Exact = true }).FillAsync("daily 06:30");
        await Assertions.Expect(page.Locator(".composer-keep")).ToContainTextAsync("Drawn at once, then");

        await Button(page, "Keep this plot").ClickAsync();

        var card = page.Locator("[data-plot=load-2010]");
        await Assertions.Expect(card).ToContainTextAsync("ready");
        Assert.Equal((byte)'P', (await app.Client.GetByteArrayAsync("/api/plots/load-2010/latest.png"))[1]);
        await card.GetByRole(AriaRole.Button, new() { Name = "Pause load-2010" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("paused");
        await AssertAccessibleAsync(page);
        await card.GetByRole(AriaRole.Button, new() { Name = "Delete load-2010" }).ClickAsync();
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    private static async Task<LiveApp> StartAsync()
    {
        var app = await LiveApp.StartAsync();
        await app.PostAsync(Enumerable.Range(0, 60).Select(i => $$"""{"series":"report.load","t":"2010-05-01T00:{{i:00}}:00Z","value":{{i % 9}}}"""));
        return app;
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } });
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" ", v.Nodes.Select(n => n.Html))}")));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
