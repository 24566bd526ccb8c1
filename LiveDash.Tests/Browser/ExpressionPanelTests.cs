using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ExpressionPanelTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Expression_OnADashboardAndExplored_IsALineALabelSetThatFollowsThePoints()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"shop.orders","tags":{"shop":"berlin"},"t":"now-2s","value":40}""", """{"series":"shop.orders","tags":{"shop":"paris"},"t":"now-2s","value":20}""");
        await using var page = await browser.OpenAsync(app);
        await page.Page.AddAsync("Chart", null, "Orders twice");
        await page.Page.Editor().GetByText("PromQL", new() { Exact = true }).ClickAsync();
        await page.Page.Editor().GetByLabel("Expression").FillAsync("shop.orders * ");
        await page.Page.Editor().GetByLabel("Legend", new() { Exact = true }).FillAsync("in {{shop}}");
        await Assertions.Expect(page.Page.Editor().Locator("[aria-invalid] ~ .error")).ToContainTextAsync("Character ");
        await page.Page.Editor().GetByLabel("Expression").FillAsync("shop.orders * 2");
        await page.Page.Editor().GetByLabel("Legend", new() { Exact = true }).FocusAsync();
        await Assertions.Expect(page.Page.Editor().Locator(".error")).ToHaveCountAsync(0);
        await page.Page.SaveAsync();

        var panel = page.Page.PanelOf("Orders twice");
        await Assertions.Expect(panel.Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "2");
        await Assertions.Expect(panel).ToContainTextAsync("in berlin");
        await app.PostAsync("""{"series":"shop.orders","tags":{"shop":"rome"},"value":7}""");
        await Assertions.Expect(panel.Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "3");
        await Assertions.Expect(panel).ToContainTextAsync("in rome");

        var wall = await page.Page.Locator("a[href^='wall/']").GetAttributeAsync("href");
        await page.Page.GotoAsync(new Uri(app.Address, "/" + wall).ToString());
        await Assertions.Expect(page.Page.PanelOf("Orders twice").Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "3");

        await page.Page.GotoAsync(new Uri(app.Address, "/explore?expr=sum(shop.orders)&last=15m").ToString());
        await Assertions.Expect(page.Page.Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "1");
        await page.Page.GetByText("67", new() { Exact = true }).First.WaitForAsync();
        await page.Page.GetByLabel("Expression in PromQL").FillAsync("max(shop.orders");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".fault-list li")).ToContainTextAsync("Character 16");
        page.AssertNoErrors();
    }
}
