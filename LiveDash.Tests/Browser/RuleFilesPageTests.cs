using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class RuleFilesPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Rules_ExportedDeletedAndImported_AreThereAgain()
    {
        await using var app = await LiveApp.StartAsync();
        using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name = "Shop is slow", expr = "last(shop.latency, 1) > 80", severity = "critical" });
        await using var opened = await browser.OpenAsync(app, "/rules");
        var page = opened.Page;
        await Files(page).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export as YAML" }).ClickAsync());
        var path = await download.PathAsync();
        await page.GetByLabel("Delete Shop is slow").ClickAsync();
        var line = page.Locator(".alert-line", new() { HasText = "shop.latency" });
        await Assertions.Expect(line).ToHaveCountAsync(0);

        await Files(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(path);
        await Assertions.Expect(dialog.Locator("tr", new() { HasText = "Shop is slow" })).ToContainTextAsync("new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Import 4 rules" }).ClickAsync();

        await Assertions.Expect(page.Locator(".alert-said")).ToContainTextAsync("4 rules are taken in");
        await Assertions.Expect(line).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Rules_Many_AreSearched()
    {
        await using var app = await LiveApp.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name = $"Rule {i}", expr = $"last(shop.n{i}, 1) > 80" });
        }

        await using var opened = await browser.OpenAsync(app, "/rules");
        var page = opened.Page;
        await page.GetByLabel("Search rules").FillAsync("rule n11");

        await Assertions.Expect(page.Locator(".alert-line")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".alert-tools")).ToContainTextAsync("1 of 15 rules");
        opened.AssertNoErrors();
    }

    private static ILocator Files(IPage page) => page.GetByLabel("Rules as files");
}
