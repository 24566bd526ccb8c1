using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Pages whose address names what they show.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AddressTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [BrowserFact]
    public async Task Explore_Shown_IsInTheAddressAndShownAgainAfterAReload()
    {
        await fixture.App.PostAsync("""{"series":"address.value","value":1}""");
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=address.value");
        var page = opened.Page;
        await page.GetByLabel("Range").SelectOptionAsync("24h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show points" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("series=address.value&range=24h"));

        await page.ReloadAsync();

        await Assertions.Expect(page.GetByLabel("Range")).ToHaveValueAsync("24h");
        await Assertions.Expect(page.Locator(".explore-page")).ToContainTextAsync(new Regex(@"\b1 point"));
        opened.AssertNoErrors();
    }

    [BrowserTheory]
    [InlineData("/alerts", "Search alerts")]
    [InlineData("/dashboards", "Find a dashboard")]
    [InlineData("/settings/windows", "Find a window or a series")]
    public async Task Page_SearchedOn_IsSearchedOnAgainAfterAReload(string path, string field)
    {
        await using var opened = await browser.OpenAsync(fixture.App, path);
        await opened.Page.GetByLabel(field).FillAsync("no such thing");
        await Assertions.Expect(opened.Page).ToHaveURLAsync(new Regex(@"\?q=no%20such%20thing$"));
        await Assertions.Expect(opened.Page.GetByLabel(field)).ToBeFocusedAsync();

        await opened.Page.ReloadAsync();

        await Assertions.Expect(opened.Page.GetByLabel(field)).ToHaveValueAsync("no such thing");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Grid_UnknownSeries_SaysSo()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/grid?series=no.such.series");

        await Assertions.Expect(opened.Page.GetByText("There is no series no.such.series yet")).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData("/windows", "Windows")]
    [InlineData("/settings/windows", "Windows")]
    [InlineData("/channels", "Channels")]
    [InlineData("/settings/channels", "Channels")]
    [InlineData("/plots", "Plots")]
    [InlineData("/reports", "Plots")]
    [InlineData("/silences", "Silences")]
    public async Task Address_OldAndNew_LeadsToThePage(string path, string title)
    {
        await using var opened = await browser.OpenAsync(fixture.App, path);

        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).Locator("[aria-current=page]")).ToContainTextAsync(title);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Address_OfReports_BecomesThatOfPlotsWithWhatStoodBehindIt()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/reports?start=now-1h&end=now");

        await opened.Page.IsAtAsync("**/plots?start=now-1h&end=now*");
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Plots");
        opened.AssertNoErrors();
    }
}
