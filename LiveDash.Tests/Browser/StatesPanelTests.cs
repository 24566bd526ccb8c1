using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class StatesPanelTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task States_SentAsText_AreStripsWithWordsAndATableBehind()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"pump","t":"now-20m","value":"running"}""", """{"series":"pump","t":"now-60s","value":"stopped"}""");
        await using var page = await browser.OpenAsync(app);
        var panel = page.Page.Locator(".live-states").First;
        await panel.Locator(".state-now", new() { HasText = "stopped" }).WaitForAsync();
        await app.PostAsync("""{"series":"pump","value":"starting"}""");
        await panel.Locator(".state-now", new() { HasText = "starting" }).WaitForAsync();
        await panel.Locator(".chart-values-toggle").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        var table = panel.GetByRole(AriaRole.Region, new() { Name = "States as a table" });
        // The first began before the stretch that is shown, and lasts into it.
        await Assertions.Expect(table.Locator("tbody tr td:nth-child(2)")).ToHaveTextAsync(["starting", "stopped", "running"]);
        await page.Page.GotoAsync(new Uri(app.Address, "/series?q=pump").ToString());
        await page.Page.GetByText("starting", new() { Exact = true }).First.WaitForAsync();
        page.AssertNoErrors();
    }
}
