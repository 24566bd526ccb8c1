using System.Text.RegularExpressions;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SeriesPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Series_FilteredSortedAndOpened_IsInTheAddressAndBackOverAReload()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"shop.load","tags":{"host":"a"},"value":11}""", """{"series":"shop.load","tags":{"host":"b"},"value":99}""", """{"series":"mail.queue","value":5}""");
        await using var opened = await browser.OpenAsync(app, "/series");
        var page = opened.Page;
        var rows = page.Locator(".series-table tbody tr[data-series]");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await page.GetByLabel("Filter series").FillAsync("shop");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Last", Exact = true }).ClickAsync();
        await Assertions.Expect(rows.First).ToContainTextAsync("99");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=shop&sort=-value"));
        await Assertions.Expect(rows.First.Locator("[data-part=age]")).ToContainTextAsync(" s");

        await rows.First.GetByRole(AriaRole.Button, new() { Name = "shop.load" }).ClickAsync();
        var detail = page.Locator(".series-detail");
        await Assertions.Expect(detail.GetByLabel("Statistics over")).ToContainTextAsync("99");
        await Assertions.Expect(detail).ToContainTextAsync("None yet.");
        await page.ReloadAsync();
        await Assertions.Expect(detail.Locator("code").First).ToHaveTextAsync("{host=b}");
        await Assertions.Expect(rows).ToHaveCountAsync(2);

        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await detail.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(detail).ToHaveCountAsync(0);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Series_FiftyThousand_OnlyThoseOnScreenExist()
    {
        await using var app = await LiveApp.StartAsync();
        var catalog = app.Services.GetRequiredService<SeriesCatalog>();
        for (var i = 0; i < 50_000; i++) Assert.True(catalog.TryIntern(SeriesKey.TryParse($"many.series{{n={i:D5}}}", out var key) ? key! : throw new InvalidOperationException(), out _));
        await using var opened = await browser.OpenAsync(app, "/series");
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".series-tools")).ToContainTextAsync("50,000 series");

        await page.Locator(".live-series-scroll").EvaluateAsync("element => element.scrollTop = element.scrollHeight / 2");

        await Assertions.Expect(page.Locator(".series-table tbody tr[data-series]", new() { HasTextRegex = new Regex("2[45][0-9]{3}") }).First).ToBeVisibleAsync();
        Assert.InRange(await page.Locator(".series-table tbody tr[data-series]").CountAsync(), 10, 200);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Series_OfTheAddressThatIsNot_SaysSo()
    {
        await using var app = await LiveApp.StartAsync();
        await using var opened = await browser.OpenAsync(app, "/series?show=no.such");

        await Assertions.Expect(opened.Page.GetByText("There is no series no.such.")).ToBeVisibleAsync();
        opened.AssertNoErrors();
    }
}
