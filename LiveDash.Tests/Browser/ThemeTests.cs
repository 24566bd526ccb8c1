using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ThemeTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const string Background = "getComputedStyle(document.documentElement).backgroundColor";
    private const string Light = "rgb(243, 245, 247)";
    private const string Dark = "rgb(13, 17, 22)";

    [BrowserFact]
    public async Task Theme_OfTheSystem_IsFollowed()
    {
        await using var page = await browser.OpenAsync(fixture.App, options: new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal(Dark, await page.Page.EvaluateAsync<string>(Background));

        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        Assert.Equal(Light, await page.Page.EvaluateAsync<string>(Background));
        page.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Theme_Chosen_OverridesTheSystemAndOutlivesAReload()
    {
        await using var page = await browser.OpenAsync(fixture.App, options: new() { ColorScheme = ColorScheme.Light });
        var dark = page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Theme", Exact = true }).ClickAsync();
        await dark.ClickAsync();
        Assert.Equal(Dark, await page.Page.EvaluateAsync<string>(Background));

        await page.Page.ReloadAsync();

        Assert.Equal(Dark, await page.Page.EvaluateAsync<string>(Background));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Theme", Exact = true }).ClickAsync();
        await Assertions.Expect(dark).ToHaveAttributeAsync("aria-pressed", "true");
        page.AssertNoErrors();
    }
}
