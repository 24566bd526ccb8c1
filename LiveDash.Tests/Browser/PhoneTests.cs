using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Browser;

/// <summary>On a phone the list of windows, the choice of alerts and the value of a series stand whole in the screen, without a scroll of their own.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PhoneTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    [BrowserTheory]
    [InlineData("settings/windows", ".window-table")]
    [InlineData("alerts", ".alert-tools .segmented")]
    [InlineData("series", "td.num b[data-part=value] >> nth=0")]
    public async Task Part_OnAPhone_IsNotCut(string path, string part)
    {
        await using var opened = await browser.OpenAsync(data.App, path, new() { ViewportSize = new() { Width = 390, Height = 844 } });

        var right = await opened.Page.Locator(part).EvaluateAsync<double>("e => { const box = (e.closest('.table-wrap') ?? e); return Math.max(e.getBoundingClientRect().right, box.scrollWidth - box.clientWidth + box.getBoundingClientRect().right); }");

        Assert.InRange(right, 1, 390);
        opened.AssertNoErrors();
    }
}
