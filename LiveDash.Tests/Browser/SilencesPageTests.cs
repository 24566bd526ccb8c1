using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SilencesPageTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task Rule_SilencedAsAWhole_IsListedUntilItIsEnded()
    {
        using var made = await fixture.App.Client.PostAsJsonAsync("/api/rules", new { name = "Loud one", expr = "mean(silences.page, 30s) > 5", severity = "warning" });
        made.EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(fixture.App, "/silences");
        var page = opened.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Silence a rule" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Loud one" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Silence", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".silence-list li")).ToContainTextAsync("Loud one");
        Assert.Contains("loud-one", await fixture.App.GetAsync("/api/silences"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "End the silence of Loud one" }).ClickAsync();
        await Assertions.Expect(page.Locator(".silence-list li")).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }
}
