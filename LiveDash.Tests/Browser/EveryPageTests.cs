using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>
/// What holds for every page and all that opens on it, with real data and open alerts: accessible in both themes, on a screen and on a phone; within the screen
/// at any zoom; without errors. A new page is found by its route, and what opens on it by pressing what there is.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    /// <summary>Each page once, so that each has its own time.</summary>
    public static TheoryData<string> Paths => [.. PageWalk.Paths];

    /// <summary>
    /// Light on a screen and dark on a phone: what depends on the width does so in either theme, and a colour on no width. 640 is a screen of 1280 at 200 %, and 320 at 400 %,
    /// where WCAG 1.4.10 asks for no scrolling in two directions.
    /// </summary>
    [BrowserTheory]
    [MemberData(nameof(Paths))]
    public async Task Page_AndAllThatOpensOnIt_IsAccessibleAndWithinTheScreen(string path)
    {
        var faults = new List<string>();
        await using var opened = await browser.OpenAsync(data.App, path, new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });

        var states = await PageWalk.WalkAsync(opened.Page, path, what => PageLook.LookAsync(opened.Page, what, what == path, faults));

        Assert.True(faults.Count == 0, $"{faults.Count} faults in {states} states:\n{string.Join('\n', faults)}");
        // A page that is not there answers so.
        if (path != "not-found") opened.AssertNoErrors();
    }
}
