using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>
/// Waits until a page is somewhere. Playwright's own wait looks at the address first and listens afterwards: who arrives between the two is waited for in vain, which it was once in some fifty presses
/// that led on after ten milliseconds.
/// </summary>
internal static class PagePlace
{
    /// <summary>Done once the page has an address and is loaded; fails after 30 s.</summary>
    /// <param name="page">The page.</param>
    /// <param name="glob">The address: two stars stand for anything, one for anything but a slash.</param>
    public static async Task IsAtAsync(this IPage page, string glob)
    {
        var pattern = Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$"), new() { Timeout = 30_000 });
        await page.WaitForLoadStateAsync();
    }
}
