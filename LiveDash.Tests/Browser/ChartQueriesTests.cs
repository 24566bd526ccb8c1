using System.Globalization;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ChartQueriesTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task Chart_OfOneSeriesTwice_ShowsEachInItsOwnWayLiveAndOfThePast()
    {
        await using var app = await LiveApp.StartAsync();
        // Two hours, so that the past is whole: 10 and once a minute 40, the mean of a minute is 15.
        var hour = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 3_600_000 * 3_600_000;
        await app.PostAsync(Enumerable.Range(0, 360).Select(i => $$"""{"series":"q.load","t":{{hour - 3_600_000 + (i * 10_000)}},"value":{{(i % 6 == 3 ? 40 : 10)}}}"""));
        await app.PostAsync("""{"series":"q.load","value":12}""");
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var made = await book.AddCopyAsync(
            new Dashboard { Id = "", Name = "Queries", Panels = [new() { Id = "c", Kind = PanelKind.Chart, Title = "Load", Series = ["q.load", "q.load"], Queries = [new("max", "tumbling 5m")], Window = "tumbling 1m", W = 12, H = 7 }] }, default);
        var past = string.Create(CultureInfo.InvariantCulture, $"?from={Time(hour - 3_600_000)}&to={Time(hour)}");
        await using var opened = await browser.OpenAsync(app, $"/d/{made.Id}{past}");
        var panel = opened.Page.PanelOf("Load");

        // The same colour, told apart by a dash.
        await Assertions.Expect(panel.Locator(".chart-legend button[data-line] span")).ToHaveTextAsync(["q.load max of 5 min", "q.load mean of 1 min"]);
        await Assertions.Expect(panel.Locator(".chart-legend .chart-key.turn-1")).ToHaveCountAsync(1);
        await panel.Locator(".chart-values-toggle").FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");
        var rows = panel.Locator(".chart-values tbody tr");
        await Assertions.Expect(rows.Nth(3)).ToBeVisibleAsync();
        var values = await rows.EvaluateAllAsync<string[]>("all => all.map(row => [...row.cells].slice(1).map(cell => cell.textContent).join('/'))");
        Assert.Contains("40/15", values);
        Assert.Equal(12, values.Count(static value => value.StartsWith("40/", StringComparison.Ordinal)));
        Assert.All(values, static value => Assert.EndsWith("/15", value));

        // The editor has the second one show something else, over what is live.
        await opened.Page.GotoAsync(new Uri(app.Address, $"/d/{made.Id}").ToString());
        await opened.Page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(panel.Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "2");
        await opened.Page.MenuAsync("Load", "Edit");
        await opened.Page.ChooseAsync("Aggregate 2", "count");
        await opened.Page.SaveAsync("Save");
        await Assertions.Expect(panel.Locator(".chart-legend button[data-line] span")).ToHaveTextAsync(["q.load max of 5 min", "q.load count of 1 min"]);
        Assert.Equal([new PanelQuery("max", "tumbling 5m"), new PanelQuery("count")], book.Find(made.Id)!.Panels[0].Queries);
        opened.AssertNoErrors();
    }

    private static string Time(long ms) => Uri.EscapeDataString(DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}
