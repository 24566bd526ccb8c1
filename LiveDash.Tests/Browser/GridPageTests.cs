using System.Globalization;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The grid page: it fills from the stream, goes on live, and says what is in a cell.</summary>
[Collection(BrowserCollection.Name)]
public sealed class GridPageTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task Grid_Coords_FillsFromTheStreamAndGoesOnLive()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 2500).Select(i => Line("coords", i, i % 50, i / 50)));
        await using var opened = await browser.OpenAsync(fixture.App, "/grid");
        var asked = new List<string>();
        opened.Page.Request += (_, request) =>
        {
            lock (asked) asked.Add(request.Url);
        };
        await LandedAsync(opened.Page, 2500);
        await StateAsync(opened.Page, "live");
        await fixture.App.PostAsync(Line("coords", 3000, 25, 25));
        await LandedAsync(opened.Page, 2501);
        // Late ones too: following goes by arrival, not by time.
        await fixture.App.PostAsync(Line("coords", -100_000, 26, 25));
        await LandedAsync(opened.Page, 2502);
        lock (asked) Assert.Contains(asked, static url => url.Contains("arrivedAfter=", StringComparison.Ordinal));

        await opened.Page.Locator(".grid-stream canvas").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(opened.Page.Locator("#grid-cell")).ToContainTextAsync("newest (");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Grid_Paused_LandsNothingUntilItGoesOn()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 400).Select(i => Line("grid.slow", i, i % 20, i / 20)));
        await using var opened = await browser.OpenAsync(fixture.App, "/grid?series=grid.slow&width=20&height=20");
        await LandedAsync(opened.Page, 400);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await fixture.App.PostAsync(Line("grid.slow", 500, 3, 3));
        await Assertions.Expect(opened.Page.Locator(".grid-stream")).ToHaveAttributeAsync("data-landed", "400");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await LandedAsync(opened.Page, 401);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Grid_LivePoint_LightsItsCellAndFades()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 64).Select(i => Line("grid.light", i, i % 16, i / 16)));
        await using var opened = await browser.OpenAsync(fixture.App, "/grid?series=grid.light&width=16&height=4");
        await LandedAsync(opened.Page, 64);
        await StateAsync(opened.Page, "live");
        await opened.Page.EvaluateAsync(
            """
            () => {
              const canvas = document.querySelector('.grid-stream canvas');
              const cell = () => [...canvas.getContext('2d').getImageData(canvas.width * 5.5 / 16, canvas.height * 1.5 / 4, 1, 1).data.subarray(0, 3)].join();
              const before = cell();
              window.colours = [before];
              const look = () => {
                if (colours.at(-1) !== cell()) colours.push(cell());
                requestAnimationFrame(look);
              };
              look();
            }
            """);
        await fixture.App.PostAsync(Line("grid.light", 1000, 5, 2));
        await LandedAsync(opened.Page, 65);

        // Lit, then several shades back, then at rest: the colour of two points among ones.
        await opened.Page.WaitForFunctionAsync("() => colours.length > 4");
        await opened.Page.WaitForFunctionAsync("() => document.querySelector('.grid-stream canvas').dataset.lit === '0'");
        var shades = await opened.Page.EvaluateAsync<string[]>("() => colours");
        Assert.NotEqual(shades[1], shades[^1]);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Grid_AnyWidthAndHeight_HasItsShapeAndEveryLocatedPoint()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 500).Select(i => Line("grid.size", i, i % 50, i / 50)));
        await fixture.App.PostAsync("""{"series":"grid.size","t":1700000000000,"value":1}""");
        foreach (var (width, height) in new[] { (7, 3), (120, 80), (1, 1) })
        {
            await using var opened = await browser.OpenAsync(fixture.App, $"/grid?series=grid.size&width={width}&height={height}");
            await LandedAsync(opened.Page, 500);
            var canvas = opened.Page.Locator(".grid-stream canvas");
            Assert.Equal($"{width} / {height}", await canvas.EvaluateAsync<string>("canvas => canvas.style.aspectRatio"));
            await canvas.FocusAsync();
            await opened.Page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(opened.Page.Locator("#grid-cell")).ToContainTextAsync("point");
            opened.AssertNoErrors();
        }
    }

    [BrowserFact]
    public async Task Grid_SlowSpeed_LandsOneByOneUntilSpedUp()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 3000).Select(i => Line("grid.speed", i, i % 50, i / 50 % 50)));
        await using var opened = await browser.OpenAsync(fixture.App, "/grid?series=nothing.here");
        await opened.Page.GetByLabel("Speed").SelectOptionAsync("10");
        await opened.Page.GetByLabel("Series", new() { Exact = true }).FillAsync("grid.speed");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await StateAsync(opened.Page, "live");
        await Assertions.Expect(opened.Page.Locator(".grid-stream [data-part=count]")).ToContainTextAsync("more wait");
        var landed = await opened.Page.Locator(".grid-stream").GetAttributeAsync("data-landed");
        Assert.InRange(int.Parse(landed!, CultureInfo.InvariantCulture), 1, 1500);
        await opened.Page.GetByLabel("Speed").SelectOptionAsync("");
        await LandedAsync(opened.Page, 3000);
        opened.AssertNoErrors();
    }

    private static string Line(string series, int i, int x, int y) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"series":"{{series}}","t":{{1_700_000_000_000 + i}},"value":{{x + y}},"pt":[{{x}},{{y}}]}""");

    private static Task LandedAsync(IPage page, int count) =>
        page.WaitForFunctionAsync("count => document.querySelector('.grid-stream').dataset.landed === String(count)", count);

    private static Task StateAsync(IPage page, string state) =>
        page.WaitForFunctionAsync("state => document.querySelector('.grid-stream').dataset.state === state", state);
}
