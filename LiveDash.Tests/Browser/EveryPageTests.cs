using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>
/// What holds for every page and all that opens on it, with real data and open alerts: accessible in both themes, on a screen and on a phone; within the screen
/// at any zoom; without errors; every field keeps what is typed into it, over a slow line and when the server restarts. A new page is found by its route, and what opens on it by pressing what there is.
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
        var forms = new List<(string What, IReadOnlyList<string> Openers)>();
        await using var proxy = new TcpProxy(data.App.Address);
        await using var opened = await browser.OpenAsync(
            data.App, new Uri(proxy.Address, path).ToString(), new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce },
            static page => page.AddInitScriptAsync(PageTyping.KeepAtStart));
        var home = opened.Page.Url;

        var states = await PageWalk.WalkAsync(opened.Page, path, async (what, openers) =>
        {
            await PageLook.LookAsync(opened.Page, what, what == path, faults);
            if (await PageTyping.NoteAsync(opened.Page, data.Noted)) forms.Add((what, openers));
        });

        // A page that is not there answers so.
        if (path != "not-found") opened.AssertNoErrors();
        // Behind all looks, since what is typed changes what is shown.
        foreach (var (what, openers) in forms) await TypeAsync(opened.Page, proxy, home, what, openers, faults);
        Assert.True(faults.Count == 0, $"{faults.Count} faults in {states} states:\n{string.Join('\n', faults)}");
    }

    private async Task TypeAsync(IPage page, TcpProxy proxy, string home, string what, IReadOnlyList<string> openers, List<string> faults)
    {
        await PageWalk.OpenAnewAsync(page, home);
        if (!await PageWalk.ReopenAsync(page, openers))
        {
            faults.Add($"{what}: it does not open again, so nothing was typed into it");
            return;
        }

        var fields = await PageTyping.TypeAsync(page, proxy, s_line, what, data.Typed, faults);
        await PageTyping.ReloadAsync(page, openers, what, fields, faults);
    }
}
