using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>Looks at a page as it stands, and takes note of what is wrong with it, a line each: what axe finds of WCAG 2.1 A and AA, and what is wider than the screen.</summary>
internal static class PageLook
{
    private static readonly AxeRunOptions s_rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }, ResultTypes = [ResultType.Violations] };

    // What another width and other colours can change.
    private static readonly AxeRunOptions s_changing = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"] }, ResultTypes = [ResultType.Violations] };

    // On a page that was looked at as a whole already only what opened is new.
    private static readonly string[] s_opened = ["[role=dialog]", "dialog[open]", ".mud-popover-open", "details[open]"];

    // What a menu's script needs to put it elsewhere once the screen has another width.
    private const float PlacedWithinMs = 5_000;

    /// <summary>Light on a screen and dark on a phone: what depends on the width does so in either theme, and a colour on no width.</summary>
    /// <param name="page">The page, 1440 px wide and light; it is left so.</param>
    /// <param name="what">What it is called in a note.</param>
    /// <param name="isWhole">True for the page as it came, false for what was opened on it.</param>
    /// <param name="faults">The notes.</param>
    public static async Task LookAsync(IPage page, string what, bool isWhole, List<string> faults)
    {
        await NoteAsync(page, $"{what}, 1440 px, light", isWhole, s_rules, faults);
        if (isWhole)
        {
            foreach (var width in new[] { 640, 320 }) await NoteWidthAsync(page, what, width, faults);
        }

        await NoteWidthAsync(page, what, 390, faults);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await NoteAsync(page, $"{what}, 390 px, dark", isWhole, s_changing, faults);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1440, 900);
        await FrameAsync(page);
    }

    /// <summary>Takes note of what axe finds, on the whole page or within what is open on it.</summary>
    private static async Task NoteAsync(IPage page, string what, bool isWhole, AxeRunOptions rules, List<string> faults)
    {
        await FrameAsync(page);
        var open = isWhole ? [] : await page.EvaluateAsync<string[]>("all => all.filter(one => document.querySelector(one))", s_opened);
        var found = open.Length == 0 ? await page.RunAxe(rules) : await page.RunAxe(new AxeRunContext { Include = [.. open.Select(static one => new AxeSelector(one))] }, rules);
        faults.AddRange(found.Violations.Select(v => $"{what}: {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(static node => node.Html))}"));
    }

    /// <summary>Makes the screen <paramref name="width"/> CSS pixels wide and takes note of what does not fit.</summary>
    private static async Task NoteWidthAsync(IPage page, string what, int width, List<string> faults)
    {
        await page.SetViewportSizeAsync(width, 844);
        await FrameAsync(page);
        try
        {
            await page.WaitForFunctionAsync("width => document.documentElement.scrollWidth <= width", width, new() { Timeout = PlacedWithinMs });
        }
        catch (TimeoutException)
        {
            var widest = await page.EvaluateAsync<string>("width => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && e.checkVisibility()).slice(0, 3).map(e => e.outerHTML.slice(0, 140)).join(' | ')", width);
            faults.Add($"{what} is wider than {width} px: {widest}");
        }
    }

    /// <summary>Waits until the page has drawn itself as it stands now; a colour that fades from one theme to the other takes a frame for each element that it is handed down by.</summary>
    private static Task FrameAsync(IPage page) => page.EvaluateAsync("""
        async () => {
          const frame = () => new Promise(done => requestAnimationFrame(done));
          await frame();
          for (let i = 0; i < 30 && (i < 1 || document.getAnimations().some(one => one instanceof CSSTransition)); i++) await frame();
        }
        """);
}
