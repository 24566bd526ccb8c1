using System.Globalization;
using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is looked at on Explore stands in the address, with axes that name their units, and statistics of whatever is selected.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class ExploreLookTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task Explore_ShapeViewAndColours_AreInTheAddressAndShownAgainAfterAReload()
    {
        await PostAsync("look.url_ms", 400);
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=look.url_ms&range=all");
        var page = opened.Page;
        await StateAsync(page, "done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Box in the middle" }).ClickAsync();
        await page.GetByLabel("Colours").SelectOptionAsync("viridis");
        await Assertions.Expect(page).ToHaveURLAsync(Named());
        var found = await FoundAsync(page);
        var shape = await page.GetByLabel("Shape as GeoJSON").InputValueAsync();
        Assert.InRange(found, 1, 399);
        var range = await RangeAsync(page);

        await page.ReloadAsync();

        await StateAsync(page, "done");
        Assert.Equal(found, await FoundAsync(page));
        Assert.Equal(shape, await page.GetByLabel("Shape as GeoJSON").InputValueAsync());
        await Assertions.Expect(page.GetByLabel("Colours")).ToHaveValueAsync("viridis");
        Assert.Equal(range, await RangeAsync(page));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_AnotherRangeShown_TheWayBackShowsTheFormer()
    {
        await PostAsync("look.back", 50);
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=look.back&range=all");
        var page = opened.Page;
        await StateAsync(page, "done");
        await page.GetByLabel("Range").SelectOptionAsync("1h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show points" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-part=message]").First).ToHaveTextAsync("No points in this range.");

        await page.GoBackAsync();

        await Assertions.Expect(page.GetByLabel("Range")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator(".explore")).ToHaveAttributeAsync("data-points", "50");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_Axes_NameUnitAndZone()
    {
        await PostAsync("look.axes_ms", 50);
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=look.axes_ms&range=all&plot=time&tz=Asia/Kathmandu");
        await StateAsync(opened.Page, "done");

        await Assertions.Expect(opened.Page.Locator(".explore-plot")).ToContainTextAsync("time, Asia/Kathmandu");
        await Assertions.Expect(opened.Page.Locator(".explore-plot")).ToContainTextAsync("value, ms");
        // 2023-11-14 22:13:20 UTC is five hours and three quarters later there.
        await Assertions.Expect(opened.Page.Locator(".explore-plot")).ToContainTextAsync("03:5");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Statistics_OfTwoSeriesAndOfAShape_AreDrawnWithTablesBehind()
    {
        await PostAsync("look.stats{host=a}", 200);
        await PostAsync("look.stats{host=b}", 200);
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=look.stats%7Bhost=*%7D&range=all");
        var page = opened.Page;
        await StateAsync(page, "done");
        await page.Locator(".statistics").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Assertions.Expect(page.Locator(".statistics-note")).ToHaveTextAsync("400 points.");
        await Assertions.Expect(page.Locator(".statistics-panel h3")).ToHaveTextAsync(["Histogram", "Box", "Distribution (ECDF)", "Hour and weekday", "Correlation"]);
        await Assertions.Expect(page.Locator(".statistics-plot .main-svg").First).ToBeAttachedAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("stats=1"));
        await page.Locator(".statistics-panel", new() { HasText = "Box" }).First.Locator("summary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Box: values" })).ToContainTextAsync("look.stats{host=b}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Box in the middle" }).ClickAsync();
        await Assertions.Expect(page.Locator(".statistics-note")).ToContainTextAsync("points within the shape");
        Assert.Equal(await FoundAsync(page), int.Parse(Count().Match((await page.Locator(".statistics-note").TextContentAsync())!).Value, CultureInfo.InvariantCulture));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Statistics_OfNothing_SaySo()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=look.none&range=all&stats=1");

        await Assertions.Expect(opened.Page.Locator(".statistics-note")).ToHaveTextAsync("No point lies in this selection.");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Grid_ColoursAndValue_AreInTheAddressAndTheLegendNamesThem()
    {
        await PostAsync("look.grid_ms", 100);
        await using var opened = await browser.OpenAsync(fixture.App, "/grid?series=look.grid_ms");
        var page = opened.Page;
        await page.GetByLabel("Colour", new() { Exact = true }).SelectOptionAsync("mean");
        await page.GetByLabel("Colours", new() { Exact = true }).SelectOptionAsync("magma");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("value=mean.*colors=magma|colors=magma.*value=mean"));
        await Assertions.Expect(page.Locator(".grid-legend [data-part=label]")).ToHaveTextAsync("Mean value, ms");
        await Assertions.Expect(page.Locator(".grid-legend [data-part=high]")).ToHaveTextAsync("99");

        await page.ReloadAsync();

        await Assertions.Expect(page.GetByLabel("Colours", new() { Exact = true })).ToHaveValueAsync("magma");
        await Assertions.Expect(page.Locator(".grid-legend [data-part=label]")).ToHaveTextAsync("Mean value, ms");
        opened.AssertNoErrors();
    }

    private Task PostAsync(string series, int count)
    {
        var brace = series.IndexOf('{', StringComparison.Ordinal);
        var name = brace < 0 ? series : series[..brace];
        var tags = brace < 0 ? "" : $$""","tags":{"host":"{{series[^2]}}"}""";
        return fixture.App.PostAsync(Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"series":"{{name}}"{{tags}},"t":{{1_700_000_000_000 + (i * 1000)}},"value":{{i}},"pt":[{{i % 20}},{{i / 20}}]}""")));
    }

    private static Task StateAsync(IPage page, string state) => page.WaitForFunctionAsync("state => document.querySelector('.explore').dataset.state === state", state);

    private static async Task<int> FoundAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('.explore').dataset.within === 'shown'");
        return int.Parse((await page.Locator(".explore").GetAttributeAsync("data-found"))!, CultureInfo.InvariantCulture);
    }

    private static Task<string> RangeAsync(IPage page) => page.EvaluateAsync<string>("() => JSON.stringify(document.querySelector('[data-part=plot]')._fullLayout.xaxis.range.map(v => Number(v.toPrecision(9))))");

    [GeneratedRegex("(?=.*view=)(?=.*shape=)(?=.*colors=viridis)(?=.*plot=map)")]
    private static partial Regex Named();

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Count();
}
