using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SmokeTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task FirstPage_Opened_ConnectsWithoutErrors()
    {
        await using var page = await browser.OpenAsync(fixture.App);

        Assert.Contains("LiveDash", await page.Page.TitleAsync(), StringComparison.Ordinal);
        page.AssertNoErrors();
    }
}
