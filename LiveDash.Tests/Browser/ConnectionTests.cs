using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ConnectionTests(Shared.Browser browser)
{
    private const string Marker = "window.sameDocument";

    [BrowserFact]
    public async Task FirstRun_WithoutAnySetting_ShowsThisMachineChanging()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:HostMetrics:Enabled=true", "--LiveDash:HostMetrics:IntervalMs=100"]);
        await using var opened = await browser.OpenAsync(app);

        var memory = opened.Page.Locator(".dash-panel", new() { HasText = "Memory" }).First.Locator("[data-part=number]");
        await Assertions.Expect(memory).ToHaveTextAsync(new Regex(@"^\d"));
        var load = opened.Page.Locator(".dash-panel[data-kind=stat]", new() { HasText = "CPU" }).Locator("[data-part=number]");
        await Assertions.Expect(load).ToHaveTextAsync(new Regex(@"^\d"));
        // A busy machine's CPU may stay at 100 %; its chart grows all the same.
        var chart = opened.Page.Locator(".dash-panel[data-kind=chart]", new() { HasText = "CPU" }).Locator(".live-chart").First;
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-columns", new Regex(@"^[1-9]"));
        var columns = await chart.GetAttributeAsync("data-columns");

        await Assertions.Expect(chart).Not.ToHaveAttributeAsync("data-columns", columns!);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Connection_CutAndBack_EveryPanelIsTrueAgainWithoutAReload()
    {
        await using var app = await LiveApp.StartAsync();
        await MakeDashboardAsync(app);
        await SendAsync(app, 1);
        await using var proxy = new TcpProxy(app.Address);
        await using var opened = await browser.OpenAsync(app, new Uri(proxy.Address, "/d/line").ToString());
        var number = opened.Page.Locator("[data-part=number]");
        await Assertions.Expect(number).ToHaveTextAsync("1");
        await opened.Page.EvaluateAsync(Marker + " = true");

        proxy.Cut();
        var notice = opened.Page.GetByText("Connection lost.");
        await Assertions.Expect(notice).ToBeVisibleAsync();
        await SendAsync(app, 2);
        proxy.Restore();

        await Assertions.Expect(number).ToHaveTextAsync("2", new() { Timeout = 30_000 });
        await Assertions.Expect(notice).ToBeHiddenAsync();
        Assert.True(await opened.Page.EvaluateAsync<bool>(Marker + " === true"));
    }

    [BrowserFact]
    public async Task Server_Restarted_ThePageLoadsItselfAnew()
    {
        using var directory = new TempDirectory();
        var app = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await MakeDashboardAsync(app);
        await SendAsync(app, 1);
        await using var proxy = new TcpProxy(app.Address);
        await using var opened = await browser.OpenAsync(app, new Uri(proxy.Address, "/d/line").ToString());
        var number = opened.Page.Locator("[data-part=number]");
        await Assertions.Expect(number).ToHaveTextAsync("1");
        await opened.Page.EvaluateAsync(Marker + " = true");

        proxy.Cut();
        await app.DisposeAsync();
        await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await SendAsync(restarted, 3);
        proxy.Restore(restarted.Address);

        await Assertions.Expect(number).ToHaveTextAsync("3", new() { Timeout = 60_000 });
        Assert.False(await opened.Page.EvaluateAsync<bool>(Marker + " === true"));
    }

    private static async Task MakeDashboardAsync(LiveApp app)
    {
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        await book.AddCopyAsync(
            new Dashboard { Id = "", Name = "Line", Panels = [new() { Id = "n", Kind = PanelKind.Stat, Series = ["line.value"], W = 3, H = 2 }] }, default);
    }

    private static async Task SendAsync(LiveApp app, double value)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/points", new { series = "line.value", value });
        answer.EnsureSuccessStatusCode();
    }
}
