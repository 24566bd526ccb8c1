using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>
/// What holds for every page and all that opens on it, with real data and open alerts: accessible in both themes, on a screen and on a phone; within the screen
/// at any zoom; without errors; and what is typed over a slow line into any field is kept to the letter. A new page is found by its route, and what opens on it
/// by pressing what there is.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    private static readonly TimeSpan s_line = TimeSpan.FromMilliseconds(80);

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
        await using var proxy = new TcpProxy(data.App.Address);
        await using var opened = await browser.OpenAsync(data.App, new Uri(proxy.Address, path).ToString(), new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });

        var states = await PageWalk.WalkAsync(opened.Page, path, async what =>
        {
            await PageLook.LookAsync(opened.Page, what, what == path, faults);
            if (what != path) await PageTyping.TypeAtOnceAsync(opened.Page, proxy, s_line, what, data.Typed, faults);
        });
        // What stands on the page itself comes last: a filter that was typed into hides what there is to press.
        await PageWalk.OpenAnewAsync(opened.Page, new Uri(proxy.Address, path).ToString());
        await PageTyping.TypeAtOnceAsync(opened.Page, proxy, s_line, path, data.Typed, faults);

        Assert.True(faults.Count == 0, $"{faults.Count} faults in {states} states:\n{string.Join('\n', faults)}");
        // A page that is not there answers so.
        if (path != "not-found") opened.AssertNoErrors();
    }
}
