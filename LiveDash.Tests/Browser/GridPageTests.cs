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
        lock (asked) Assert.Contains(asked, static url => url.Contains("after=", StringComparison.Ordinal));

        await opened.Page.Locator(".grid-stream canvas").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(opened.Page.Locator("#grid-cell")).ToContainTextAsync("point");
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

    private static string Line(string series, int i, int x, int y) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"series":"{{series}}","t":{{1_700_000_000_000 + i}},"value":{{x + y}},"pt":[{{x}},{{y}}]}""");

    private static Task LandedAsync(IPage page, int count) =>
        page.WaitForFunctionAsync("count => document.querySelector('.grid-stream').dataset.landed === String(count)", count);

    private static Task StateAsync(IPage page, string state) =>
        page.WaitForFunctionAsync("state => document.querySelector('.grid-stream').dataset.state === state", state);
}
