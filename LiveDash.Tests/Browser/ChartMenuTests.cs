using System.Globalization;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ChartMenuTests(Shared.Browser browser)
{
    private const string Range = "?from=2010-05-01T00:00:00Z&to=2010-05-01T01:00:00Z";

    [BrowserFact]
    public async Task Menu_Downloads_HoldWhatIsOnScreen()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/" + Range);
        var page = opened.Page;

        Assert.Equal(60, Lines(await DownloadAsync(page, "Download NDJSON")).Length);
        var csv = Lines(await DownloadAsync(page, "Download CSV"));
        Assert.Equal(61, csv.Length);
        Assert.Contains("value", csv[0], StringComparison.Ordinal);
        Assert.Contains("menu.load", await DownloadAsync(page, "Download SVG"), StringComparison.Ordinal);
        Assert.Equal("PNG", (await DownloadAsync(page, "Download PNG"))[1..4]);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Menu_MakeAPlotJob_OpensTheFormWithSeriesAndRange()
    {
        await using var app = await StartAsync();
        await using var opened = await browser.OpenAsync(app, "/" + Range);
        var page = opened.Page;
        await page.MenuAsync("menu.load", "Share");

        await page.GetByRole(AriaRole.Link, new() { Name = "Make this a plot job" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Chosen series")).ToContainTextAsync("menu.load");
        await Assertions.Expect(page.GetByLabel("From")).ToHaveValueAsync("2010-05-01T00:00:00Z");
        await Assertions.Expect(page.Locator(".plot-sheet img")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit job" }).ClickAsync();
        await Assertions.Expect(page.Locator(".job-card[data-status=done]")).ToContainTextAsync("60 points");
        opened.AssertNoErrors();
    }

    private static async Task<LiveApp> StartAsync()
    {
        var app = await LiveApp.StartAsync();
        await app.PostAsync(Enumerable.Range(0, 70).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"series":"menu.load","t":{{new DateTimeOffset(2010, 5, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i).ToUnixTimeMilliseconds()}},"value":{{i % 9}}}""")));
        return app;
    }

    private static async Task<string> DownloadAsync(IPage page, string item)
    {
        if (!await page.GetByRole(AriaRole.Dialog).IsVisibleAsync()) await page.MenuAsync("menu.load", "Share");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Dialog).GetByText(item, new() { Exact = true }).ClickAsync());
        Assert.StartsWith("menu.load.", download.SuggestedFilename, StringComparison.Ordinal);
        return System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
