using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The frame of every page, as somebody with a keyboard, a phone or a wall uses it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ShellTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private static readonly AxeRunOptions s_rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };

    [BrowserFact]
    public async Task Palette_ByKeyboardAlone_FindsPagesRulesAndSeriesAndDoesThings()
    {
        await fixture.App.PostAsync("""{"series":"palette.sought","tags":{"host":"a"},"value":1}""");
        await using var opened = await browser.OpenAsync(fixture.App, "/rules");
        var page = opened.Page;

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("sourc");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sources");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("palette.so");
        var option = page.GetByRole(AriaRole.Option, new() { Name = "palette.sought{host=a}" });
        await Assertions.Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/series\\?show=palette.sought"));

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("all shortcuts");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByText("search or jump to")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rail_HiddenByItsKey_StaysHiddenOverAReloadAndComesBack()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/sources");
        var rail = opened.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(rail).ToBeVisibleAsync();
        await opened.Page.Keyboard.PressAsync("[");
        await Assertions.Expect(rail).ToBeHiddenAsync();

        await opened.Page.ReloadAsync();
        await Assertions.Expect(rail).ToBeHiddenAsync();
        await opened.Page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await opened.Page.Keyboard.PressAsync("[");

        await Assertions.Expect(rail).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rail_AtEachWidth_IsAsWideAsItShallBe()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/sources", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var rail = opened.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        Assert.Equal(72, (await rail.BoundingBoxAsync())!.Width);
        await opened.Page.SetViewportSizeAsync(1200, 900);
        Assert.Equal(56, (await rail.BoundingBoxAsync())!.Width);

        await opened.Page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(rail).ToBeHiddenAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        var pages = opened.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" });
        await Assertions.Expect(pages.GetByRole(AriaRole.Link)).ToHaveCountAsync(NavPage.All.Count);
        await pages.GetByRole(AriaRole.Link, new() { Name = "Rules" }).ClickAsync();

        await Assertions.Expect(pages).ToBeHiddenAsync();
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rules");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Range_ChosenSteppedAndReloaded_IsInTheAddress()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/series");
        var page = opened.Page;
        var range = page.GetByRole(AriaRole.Group, new() { Name = "Range" });
        await range.GetByText("Last 5 min").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Last 6 h" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("last=6h"));
        await page.GetByRole(AriaRole.Button, new() { Name = "One step back" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("from=.*&to="));
        await Assertions.Expect(page.Locator(".live-chip")).ToContainTextAsync("Paused,");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".live-chip")).ToContainTextAsync("Back to live");
        await page.GoBackAsync();
        await Assertions.Expect(range).ToContainTextAsync("Last 6 h");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Zone_Chosen_HoldsForTimesTheAddressAndTheNextVisit()
    {
        await fixture.App.PostAsync("""{"series":"zone.value","value":1}""");
        await using var opened = await browser.OpenAsync(fixture.App, "/series", new() { TimezoneId = "Asia/Tokyo" });
        var page = opened.Page;
        var picker = page.Locator(".zone-picker button");
        await Assertions.Expect(picker).ToContainTextAsync("Tokyo");
        await picker.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "UTC" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("tz=UTC"));
        await Assertions.Expect(picker).ToContainTextAsync("UTC");
        Assert.Equal("UTC", await page.EvaluateAsync<string>("liveDash.zone()"));

        await page.GotoAsync("/sources");
        await Assertions.Expect(page.Locator(".zone-picker button")).ToContainTextAsync("UTC");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Wall_ByItsButton_ShowsThePageAloneUntilEscape()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/sources");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Wall mode" }).ClickAsync();
        await Assertions.Expect(opened.Page.Locator(".app-bar")).ToBeHiddenAsync();
        await Assertions.Expect(opened.Page.Locator(".strip")).ToBeVisibleAsync();

        await opened.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(opened.Page.Locator(".app-bar")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Menu_ByArrows_GoesFromLineToLineAndRound()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/rules");
        var page = opened.Page;
        await page.Locator("summary[aria-label='Rules as files']").FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByText("Export as YAML")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByText("Unit tests…")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByText("Export as JSON")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("summary[aria-label='Rules as files']")).ToBeFocusedAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public Task Shell_EverythingOpenLight_IsAccessible() => OpenEverythingAsync(ColorScheme.Light);

    [BrowserFact]
    public Task Shell_EverythingOpenDark_IsAccessible() => OpenEverythingAsync(ColorScheme.Dark);

    private async Task OpenEverythingAsync(ColorScheme scheme)
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/series", new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = opened.Page;
        await CheckAsync("page");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator(".palette [role=option]").First.WaitForAsync();
        await CheckAsync("palette");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.Locator(".shortcut-list").WaitForAsync();
        await CheckAsync("shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".shortcut-list").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".range-bar .seg-menu button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem).First.WaitForAsync();
        await CheckAsync("range");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "From … to …" }).ClickAsync();
        await page.Locator("#range-from").WaitForAsync();
        await CheckAsync("past range");
        opened.AssertNoErrors();

        async Task CheckAsync(string what)
        {
            var found = await page.RunAxe(s_rules);
            Assert.True(found.Violations.Length == 0, $"{what}, {scheme}:\n" + string.Join('\n', found.Violations.Select(static v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(static node => node.Html))}")));
        }
    }
}
