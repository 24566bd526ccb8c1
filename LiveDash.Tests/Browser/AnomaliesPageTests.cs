using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The page Anomalies, the expected band on a chart and the forecast beside it, over two weeks of stored points.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AnomaliesPageTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Anomalies_StrangeSeries_StandsFirstWithItsReason()
    {
        await using var app = await LiveApp.StartAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var name in new[] { "calm", "wild" })
        {
            var random = new Random(1);
            var lines = Enumerable.Range(0, 2_000).Select(i => JsonSerializer.Serialize(new
            {
                series = name, t = (now - TimeSpan.FromMinutes(5 * (2_000 - i))).ToUnixTimeMilliseconds(), value = name == "wild" && i >= 1_998 ? 400 : 10 + random.NextDouble(),
            })).ToArray();
            await app.PostAsync(lines);
        }

        await using var opened = await browser.OpenAsync(app, "/anomalies");
        var page = opened.Page;
        var first = page.Locator(".anomaly-table tbody tr").First;
        await Assertions.Expect(first).ToContainTextAsync("wild");
        await Assertions.Expect(first).ToContainTextAsync(new Regex("seen lately|noise|away from what is usual"));
        await Assertions.Expect(first.Locator(".heat-strip path")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-part=strange]")).ToHaveTextAsync("1");
        await page.GetByLabel("Filter").FillAsync("calm");
        await Assertions.Expect(page.Locator(".anomaly-table tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "New rule on calm" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Sensitivity")).ToHaveValueAsync("medium");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Anomalies_OfMoreSeriesThanAllowed_TellTheCostAndWaitForAYes()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Detection:WatchSeries=2"]);
        await app.PostAsync([.. Enumerable.Range(0, 3).Select(static i => JsonSerializer.Serialize(new { series = "s" + i, value = i }))]);

        await using var opened = await browser.OpenAsync(app, "/anomalies");
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".page .notice")).ToContainTextAsync(new Regex("3 series are more than LiveDash:Detection:WatchSeries, 2. Watching all of them takes about [0-9.]+ [kM]?B of memory"));
        await Assertions.Expect(page.Locator(".anomaly-table")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch all" }).ClickAsync();
        await Assertions.Expect(page.Locator(".anomaly-table tbody tr")).ToHaveCountAsync(3);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Series_Opened_TellsTheForecastAndItsError()
    {
        await using var app = await LiveApp.StartAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await app.PostAsync([.. Enumerable.Range(0, 600).Select(i => JsonSerializer.Serialize(new { series = "disk.used", t = (now - TimeSpan.FromMinutes(5 * (600 - i))).ToUnixTimeMilliseconds(), value = i / 12.0 }))]);

        await using var opened = await browser.OpenAsync(app, "/series?show=disk.used");
        var page = opened.Page;
        await Assertions.Expect(page.Locator("[data-part=forecast]")).ToContainTextAsync("5");
        await Assertions.Expect(page.Locator(".series-detail")).ToContainTextAsync("Error (MASE)");
        await page.GetByLabel("When does it reach").FillAsync("100");
        await Assertions.Expect(page.Locator("[data-part=time-to]")).ToContainTextAsync("in 2 d");
        opened.AssertNoErrors();

        // The same as a panel, with its band drawn and the error beside it.
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var panel = new DashboardPanel { Id = "one", Kind = PanelKind.Forecast, Series = ["disk.used"], Target = 100, Fields = FieldConfig.Default with { Unit = "percent" } };
        var board = await book.AddCopyAsync(new Dashboard { Id = "", Name = "Disk", Panels = [panel] }, default);
        await page.GotoAsync(new Uri(new Uri(page.Url), "/d/" + board.Id).ToString());
        await Assertions.Expect(page.Locator("[data-part=headline]")).ToContainTextAsync("Full in 2 d");
        await Assertions.Expect(page.Locator("[data-part=expected]")).ToContainTextAsync("95 % band");
        await Assertions.Expect(page.Locator("[data-part=mase]")).ToContainTextAsync("error (MASE)");
        await Assertions.Expect(page.Locator(".forecast-band")).ToHaveAttributeAsync("d", new Regex("^M750"));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Chart_WithTheExpectedBand_ShadesWhatIsStrange()
    {
        await using var app = await LiveApp.StartAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var random = new Random(1);
        await app.PostAsync([.. Enumerable.Range(0, 1_000).Select(i => JsonSerializer.Serialize(new { series = "wild", t = (now - TimeSpan.FromMinutes(5 * (1_000 - i))).ToUnixTimeMilliseconds(), value = i >= 990 ? 400 : 10 + random.NextDouble() }))]);
        var panel = new DashboardPanel { Id = "one", Kind = PanelKind.Chart, Series = ["wild"], Span = TimeSpan.FromHours(6), Fields = FieldConfig.Default with { Expected = true }, W = 12, H = 6 };
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var board = await book.AddCopyAsync(new Dashboard { Id = "", Name = "Band", Panels = [panel] }, default);

        await using var opened = await browser.OpenAsync(app, "/d/" + board.Id);
        await Assertions.Expect(opened.Page.Locator(".live-chart[data-strange]:not([data-strange='0'])")).ToHaveCountAsync(1);
        opened.AssertNoErrors();
    }
}
