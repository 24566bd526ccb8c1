using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What tests do with the panel editor and a panel's menu, by what a person sees.</summary>
internal static class PanelEditing
{
    /// <summary>The editor.</summary>
    public static ILocator Editor(this IPage page) => page.Locator(".panel-editor");

    /// <summary>The panel of a title.</summary>
    public static ILocator PanelOf(this IPage page, string title) => page.Locator(".dash-panel", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    /// <summary>Opens the editor for a new panel of a kind, as its entry in the list begins.</summary>
    public static async Task AddAsync(this IPage page, string kind, string? series, string? title = null, string button = "Add panel")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
        if (title is not null) await page.Editor().GetByLabel("Title").FillAsync(title);
        if (kind != "Chart") await page.ChooseAsync("Shows", kind);
        if (series is not null) await page.Editor().GetByLabel("Series", new() { Exact = true }).Last.FillAsync(series);
    }

    /// <summary>Chooses in a select of the editor.</summary>
    public static async Task ChooseAsync(this IPage page, string label, string option)
    {
        var select = page.Editor().GetByLabel(label, new() { Exact = true }).Last;
        await select.SelectOptionAsync(new SelectOptionValue { Label = (await select.Locator("option", new() { HasText = option }).First.TextContentAsync())! });
    }

    /// <summary>Keeps what is edited; the editor closes.</summary>
    public static async Task SaveAsync(this IPage page, string button = "Add panel")
    {
        await page.Editor().GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Editor()).ToHaveCountAsync(0);
    }

    /// <summary>Chooses in the menu of a panel.</summary>
    public static async Task MenuAsync(this IPage page, string title, string item)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Menu of {title}", Exact = true }).ClickAsync();
        await page.Locator(".panel-menu-list .mud-menu-item", new() { HasText = item }).First.ClickAsync();
    }
}
