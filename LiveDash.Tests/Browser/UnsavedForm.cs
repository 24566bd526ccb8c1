using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A form, and the way to it.</summary>
/// <param name="Path">Its page, relative to the base.</param>
/// <param name="Within">Where its fields stand.</param>
/// <param name="Openers">What is pressed to come to it, by its words: buttons, tabs, entries of menus, what unfolds; another one as a selector that begins with a colon.</param>
internal sealed record UnsavedForm(string Path, string Within, params string[] Openers)
{
    /// <summary>Comes to it on its page as that is at first.</summary>
    public async Task OpenAsync(IPage page)
    {
        foreach (var opener in Openers)
        {
            if (opener.StartsWith(':'))
            {
                await page.Locator(opener).ClickAsync();
                continue;
            }

            var exact = new PageGetByRoleOptions { Name = opener, Exact = true };
            await page.GetByRole(AriaRole.Button, exact).Or(page.GetByRole(AriaRole.Tab, exact)).Or(page.Locator($".mud-popover-open .mud-menu-item:has-text(\"{opener}\"), summary:text-is(\"{opener}\"), summary[aria-label=\"{opener}\"]"))
                .Locator("visible=true").First.ClickAsync();
        }

        await page.Locator($"{Within} :is(input, textarea)").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
