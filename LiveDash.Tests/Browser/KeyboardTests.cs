using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is there for a pointer is there for keys, and for who sees other colours or less motion.</summary>
[Collection(BrowserCollection.Name)]
public sealed class KeyboardTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    [BrowserFact]
    public async Task Menus_OpenedByKey_GoByArrowsAndGiveTheFocusBack()
    {
        await using var opened = await browser.OpenAsync(data.App, "/d/walk");
        var page = opened.Page;
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu of Newest" });
        await menu.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "View full screen" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "View full screen" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Duplicate" })).ToBeFocusedAsync();
        // As fast as keys go: what comes after waits for what came before.
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(menu).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);

        // The browser's own list, which opens before any circuit stands.
        var list = page.Locator("details.drop-down > summary").First;
        await list.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        var lines = page.Locator("details.drop-down[open] .drop-down-list :is(a, button)");
        await Assertions.Expect(lines.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(lines.Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(lines.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(lines.Filter(new() { HasText = "All dashboards" }).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(list).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Dialog_OpenedByKey_BeginsAtItsFirstFieldAndKeepsTheFocus()
    {
        await using var opened = await browser.OpenAsync(data.App, "/dashboards");
        var page = opened.Page;
        var button = page.GetByRole(AriaRole.Button, new() { Name = "New dashboard" });
        await button.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToBeFocusedAsync();

        // Round twice: between the last and the first stands the browser's own frame, and nothing of the page behind.
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('dialog') !== null"));
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Legend_InForcedColours_TellsLinesApartByShape()
    {
        await using var opened = await browser.OpenAsync(data.App, "/d/walk", new() { ForcedColors = ForcedColors.Active });
        var keys = opened.Page.Locator(".chart-legend tbody .chart-key");
        await Assertions.Expect(keys).ToHaveCountAsync(2, new() { Timeout = 30_000 });

        var shapes = await keys.EvaluateAllAsync<string[]>("all => all.map(e => { const { width, height, borderRadius, outlineStyle } = getComputedStyle(e); return [width, height, borderRadius, outlineStyle].join(' '); })");

        Assert.Equal(2, shapes.Distinct().Count());
        Assert.All(shapes, static shape => Assert.EndsWith("solid", shape, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Page_WithReducedMotion_MovesNothing()
    {
        await using var opened = await browser.OpenAsync(data.App, "/send", new() { ReducedMotion = ReducedMotion.Reduce });

        var moving = await opened.Page.EvaluateAsync<string[]>("document.getAnimations().filter(one => one.effect.getComputedTiming().duration * one.effect.getComputedTiming().iterations > 1).map(one => one.animationName ?? one.transitionProperty)");

        Assert.Empty(moving);
    }
}
