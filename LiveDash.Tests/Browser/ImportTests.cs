using System.Globalization;
using System.Text;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The import page: a file is shown before it is sent, sent by its mapping, and what was refused is told by line.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ImportTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task Import_CsvWithBadRows_KeepsTheGoodAndTellsTheBad()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"2001-01-01T00:{i / 60 % 60:00}:{i % 60:00}Z,{i},{i % 50},{i / 50}"));
        await using var opened = await browser.OpenAsync(fixture.App, "/import");
        await ChooseAsync(opened.Page, "import.page.csv", "when,delay,lon,lat\n" + string.Join('\n', rows) + "\nnever,1,2,3\n");
        await Assertions.Expect(opened.Page.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("delay");
        await Assertions.Expect(opened.Page.GetByLabel("Time", new() { Exact = true })).ToHaveValueAsync("when");
        await ImportAsync(opened.Page);
        Assert.Contains("2,000 rows kept, 1 refused", await OutcomeAsync(opened.Page), StringComparison.Ordinal);
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Region, new() { Name = "Rows that were refused" }).First).ToContainTextAsync("'never' is not a time");
        Assert.Equal(2000, await CountAsync("import.page"));

        // The same file again keeps each row once.
        var again = opened.Page.WaitForResponseAsync("**/api/import**");
        await ImportAsync(opened.Page);
        await (await again).FinishedAsync();
        Assert.Equal(2000, await CountAsync("import.page"));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Import_JsonOfOwnNames_IsMappedAndKept()
    {
        var rows = Enumerable.Range(0, 300).Select(static i => $$"""{"taken":"2001-01-01T00:00:{{i % 60:00}}Z","reading":{"celsius":{{i}}},"lon":{{i % 50}},"lat":{{i / 50}}}""");
        await using var opened = await browser.OpenAsync(fixture.App, "/import");
        await ChooseAsync(opened.Page, "import.json.json", "[" + string.Join(",\n", rows) + "]");
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Columnheader, new() { Name = "reading.celsius" })).ToBeVisibleAsync();
        await opened.Page.GetByLabel("Time", new() { Exact = true }).SelectOptionAsync("taken");
        await opened.Page.GetByLabel("Value", new() { Exact = true }).SelectOptionAsync("reading.celsius");
        await Assertions.Expect(opened.Page.GetByLabel("x", new() { Exact = true })).ToHaveValueAsync("lon");
        await ImportAsync(opened.Page);
        Assert.Contains("300 rows kept, 0 refused", await OutcomeAsync(opened.Page), StringComparison.Ordinal);
        Assert.Equal(300, await CountAsync("import.json"));
        Assert.Contains("\"value\":299,\"pt\":[49,5]", await fixture.App.GetAsync("/api/points?series=import.json&fields=value,pt"), StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Import_NothingGood_SaysWhyInWords()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/import");
        await ChooseAsync(opened.Page, "bad.csv", "value\nmuch\n");
        await ImportAsync(opened.Page);
        Assert.Contains("'much' for value is not a number", await OutcomeAsync(opened.Page), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Import_Cancelled_SaysWhatIsKeptAndCompletesLater()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/import");
        var text = "value,x,y\n" + string.Join('\n', Enumerable.Range(0, 3000).Select(static i => $"{i},{i % 50},{i % 40}"));
        await ChooseAsync(opened.Page, "import.stop.csv", text);
        // The request waits at the door until it is cancelled, so the test does not depend on anybody's speed.
        await opened.Page.RouteAsync("**/api/import**", static _ => Task.CompletedTask);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        Assert.Contains("0 rows were kept before; the rest was not. Importing the same file", await OutcomeAsync(opened.Page), StringComparison.Ordinal);
        await opened.Page.UnrouteAsync("**/api/import**");
        await ImportAsync(opened.Page);
        // The words about the first attempt stand until the server has answered the second.
        await Assertions.Expect(opened.Page.Locator("[data-part=outcome]")).ToContainTextAsync("3,000 rows kept, 0 refused");
        Assert.Equal(3000, await CountAsync("import.stop"));
    }

    private static async Task ChooseAsync(IPage page, string name, string text)
    {
        await page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.GetByRole(AriaRole.Heading, new() { Name = "Columns" }).WaitForAsync();
    }

    private static Task ImportAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

    private static async Task<string> OutcomeAsync(IPage page)
    {
        await page.Locator("[data-part=outcome]").WaitForAsync();
        return (await page.Locator("[data-part=outcome]").TextContentAsync())!;
    }

    private async Task<long> CountAsync(string series) =>
        (await fixture.App.GetAsync($"/api/points?series={series}&fields=id")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
