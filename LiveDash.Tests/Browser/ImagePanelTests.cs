using System.Text;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ImagePanelTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task ImagePanel_Added_ShowsTheScheduledPlotAndItsNextDrawing()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"panel.load","t":"2010-01-01T00:00:00Z","value":1}""", """{"series":"panel.load","t":"2010-06-01T00:00:00Z","value":2}""");
        await PutAsync(app, "First");
        var book = app.Services.GetRequiredService<PlotBook>();
        await Wait.UntilAsync(() => book.Find("load")?.Image is not null, "the plot is drawn");
        await using var opened = await browser.OpenAsync(app);
        var page = opened.Page;
        await page.AddAsync("Image", null);
        await page.Editor().GetByRole(AriaRole.Button, new() { Name = "Add panel" }).ClickAsync();
        await Assertions.Expect(page.Editor().Locator(".field .error")).ToContainTextAsync("name one");
        await page.Editor().GetByLabel("Scheduled plot").SelectOptionAsync("load");
        await page.SaveAsync();

        var image = page.GetByAltText("The scheduled plot load");
        await Assertions.Expect(image).ToBeVisibleAsync();
        var first = await image.GetAttributeAsync("src");
        await PutAsync(app, "Second");

        await Assertions.Expect(image).Not.ToHaveAttributeAsync("src", first!);
        opened.AssertNoErrors();
    }

    private static async Task PutAsync(LiveApp app, string title)
    {
        var json = $$"""{"series":"panel.load","start":"2010","end":"2010","schedule":"daily","title":"{{title}}"}""";
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PutAsync("/api/plots/load", body);
        answer.EnsureSuccessStatusCode();
    }
}
