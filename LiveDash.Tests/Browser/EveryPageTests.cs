using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>
/// What holds for every page and all that opens on it, with real data and open alerts: accessible in both themes, on a screen and on a phone; within the screen
/// at any zoom; still for who wants no motion; told apart without colours.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    private static readonly string[] s_levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    private static readonly AxeRunOptions s_all = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. s_levels] } };

    // The other theme changes colours alone.
    private static readonly AxeRunOptions s_colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    [BrowserTheory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Pages_AsTheyStand_AreAccessibleInBothThemes(int width)
    {
        var faults = new List<string>();
        foreach (var path in PageWalk.Paths)
        {
            await using var opened = await OpenAsync(path, width, 900);
            await NoteAsync(opened.Page, $"{path}, {width} px, light", s_all, faults);
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await NoteAsync(opened.Page, $"{path}, {width} px, dark", s_colours, faults);
            opened.AssertNoErrors();
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults)}");
    }

    /// <summary>Menus, dialogs, drawers, tabs and folded parts, found by pressing what there is.</summary>
    [BrowserTheory]
    [InlineData("d/host")]
    [InlineData("alerts")]
    [InlineData("rules")]
    [InlineData("settings/channels")]
    [InlineData("dashboards")]
    public async Task Page_WithWhatOpensOnIt_IsAccessible(string path)
    {
        var faults = new List<string>();
        await using var opened = await OpenAsync(path, 1440, 900);

        var states = await PageWalk.WalkAsync(opened.Page, path, what => NoteAsync(opened.Page, what, s_all, faults));

        Assert.True(faults.Count == 0, $"{faults.Count} faults in {states} states:\n{string.Join('\n', faults)}");
        Assert.True(states > 1, "Nothing opened.");
        opened.AssertNoErrors();
    }

    /// <summary>390 is a phone; 720 and 640 are screens of 1440 and 1280 at 200 %; 320 is one of 1280 at 400 %, where WCAG 1.4.10 asks for no scrolling in two directions.</summary>
    [BrowserFact]
    public async Task Pages_OnAPhoneAndZoomed_ScrollInOneDirectionAlone()
    {
        var faults = new List<string>();
        foreach (var path in PageWalk.Paths)
        {
            await using var opened = await OpenAsync(path, 720, 450);
            foreach (var width in new[] { 720, 640, 390, 320 })
            {
                await opened.Page.SetViewportSizeAsync(width, width * 5 / 8);
                var wide = await opened.Page.EvaluateAsync<int>("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.documentElement.scrollWidth))))");
                if (wide <= width) continue;
                var widest = await opened.Page.EvaluateAsync<string>("width => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && e.checkVisibility()).slice(0, 3).map(e => e.outerHTML.slice(0, 140)).join(' | ')", width);
                faults.Add($"{path} is {wide} px wide at {width}: {widest}");
            }

            opened.AssertNoErrors();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [BrowserFact]
    public async Task Legend_WithForcedColours_KeepsItsMarkersApart()
    {
        await using var opened = await OpenAsync("d/host", 1440, 900);
        await opened.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        var legend = opened.Page.Locator(".chart-legend").First;
        await legend.WaitForAsync();

        var markers = await legend.EvaluateAsync<string[]>("e => [...e.querySelectorAll('.chart-key')].map(m => { const s = getComputedStyle(m); return s.forcedColorAdjust + ' ' + s.backgroundColor; })");

        Assert.True(markers.Length >= 2);
        Assert.Equal(markers.Length, markers.Distinct().Count());
        Assert.All(markers, static marker => Assert.StartsWith("none ", marker, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Pages_WithReducedMotion_DoNotMove()
    {
        foreach (var path in new[] { "./", "send", "alerts", "settings/windows" })
        {
            await using var opened = await OpenAsync(path, 1440, 900);
            await opened.Page.Keyboard.PressAsync("Control+k");

            var moving = await opened.Page.EvaluateAsync<string[]>("document.getAnimations().filter(a => a.playState === 'running' && a.effect.getComputedTiming().duration > 20).map(a => a.animationName || a.transitionProperty)");

            Assert.True(moving.Length == 0, $"{path}: {string.Join(", ", moving)}");
        }
    }

    /// <summary>What a keyboard alone reaches: the button of each chart's table, and back.</summary>
    [BrowserFact]
    public async Task Chart_ByKeyboard_ShowsItsValuesAsATable()
    {
        await using var opened = await OpenAsync("d/host", 1440, 900);
        var panels = opened.Page.Locator(".dash-panel[data-kind=chart]");
        await panels.First.WaitForAsync();
        for (var i = 0; i < await panels.CountAsync(); i++)
        {
            var toggle = panels.Nth(i).GetByRole(AriaRole.Button, new() { Name = "Values as a table" });
            await toggle.FocusAsync();
            await opened.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(panels.Nth(i).GetByRole(AriaRole.Region, new() { Name = "Values of the chart" })).ToBeFocusedAsync();
            await Assertions.Expect(panels.Nth(i).GetByRole(AriaRole.Columnheader, new() { Name = "Time" })).ToBeVisibleAsync();
            await opened.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(toggle).ToBeFocusedAsync();
        }

        opened.AssertNoErrors();
    }

    private static async Task NoteAsync(IPage page, string what, AxeRunOptions rules, List<string> faults)
    {
        var found = await page.RunAxe(rules);
        faults.AddRange(found.Violations.Select(v => $"{what}: {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(static node => node.Html))}"));
    }

    private Task<BrowserPage> OpenAsync(string path, int width, int height) =>
        browser.OpenAsync(data.App, path, new() { ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
}
