using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.Components.Panels.Charts;
using LiveDash.Web.Components.Panels.Grids;
using LiveDash.Web.Components.Panels.Stats;
using LiveDash.Web.Components.Panels.Tables;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.LiveView;

public sealed class LivePanelTests : BunitContext
{
    private readonly EngineHarness _harness = new();
    private readonly FakeFrameSink _sink = new();
    private readonly MemoryPointStore _store = new();
    private readonly BunitJSModuleInterop _module;

    public LivePanelTests()
    {
        var catalog = new SeriesCatalog(new Limits());
        Services.AddSingleton(catalog);
        Services.AddSingleton(_harness.Engine);
        Services.AddSingleton<TimeProvider>(_harness.Time);
        Services.AddSingleton<IDocumentStore>(new MemoryDocumentStore());
        Services.AddSingleton<WindowSettingsBook>();
        Services.AddSingleton<AlertBook>();
        Services.AddSingleton(new Limits());
        Services.AddSingleton<RuleBook>();
        Services.AddSingleton(new QueryLimits());
        Services.AddSingleton<IPointStore>(_store);
        Services.AddSingleton<QueryEngine>().AddSingleton<LiveQueries>().AddSingleton<SharedQueries>().AddSingleton<ExpressionSources>();
        Services.AddScoped<ViewZone>();
        Services.AddScoped<WindowScope>();
        Services.AddScoped<IFrameSink>(_ => _sink);
        Services.AddScoped<FramePump>();
        foreach (var name in new[] { "cpu.usage", "cpu.usage{cpu=0}", "mem.used_bytes" })
        {
            Assert.True(SeriesKey.TryParse(name, out var key) && catalog.TryIntern(key!, out _));
        }

        _module = JSInterop.SetupModule(ScriptFrameSink.Module);
        _module.Mode = JSRuntimeMode.Loose;
        _module.Setup<int>("attach", _ => true).SetResult(300);
    }

    private WindowScope Scope => Services.GetRequiredService<WindowScope>();

    [Fact]
    public async Task StatPanel_PointArrives_SendsItsText()
    {
        var panel = Render<StatPanel>(p => p.Add(t => t.Series, "mem.used_bytes"));
        Assert.NotNull(panel.Find("[data-part=number]"));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));

        (await _sink.NextAsync()).Painted.SetResult();
        _harness.Step();
        _harness.Post((2, _harness.Now, 3L << 30));
        _harness.Step();
        var text = "";
        while (!text.Contains("GiB", StringComparison.Ordinal))
        {
            _harness.Time.Advance(FramePump.MinInterval);
            if (_sink.Waiting == 0)
            {
                await Task.Yield();
                continue;
            }

            var (frame, painted) = await _sink.NextAsync();
            text = System.Text.Encoding.UTF8.GetString(frame);
            painted.SetResult();
        }

        Assert.Contains("3 to 3 GiB", text, StringComparison.Ordinal);
        Assert.Contains("in 5 min", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatPanel_WindowSettingsChange_LeasesTheNewWindow()
    {
        var panel = Render<StatPanel>(p => p.Add(t => t.Series, "cpu.usage").Add(t => t.Aggregate, "mean"));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();
        _harness.Step();
        Assert.Equal(1, _harness.Engine.Status.Windows);

        var faults = await Services.GetRequiredService<WindowSettingsBook>().SaveAsync(new WindowSettings { Default = "30s" }, default);
        Assert.Empty(faults);
        await panel.InvokeAsync(() => { });
        Scope.BuildFrame();
        _harness.Step();

        Assert.Equal("30s", Assert.Single(Assert.Single(_harness.Engine.Shards[0].States.Find(0)!.Logs).Cells).Spec.ToString());
    }

    [Fact]
    public async Task ChartPanel_ZoomedAlone_ShowsTheStretchAndTheWayBack()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]));
        Assert.Empty(panel.FindAll("button"));

        await panel.InvokeAsync(() => panel.Instance.Zoomed(1000, 61_000));

        panel.Find("button").Click();
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("button")));
    }

    [Fact]
    public async Task ChartPanel_ZoomedOnADashboard_LeavesTheRangeToIt()
    {
        TimeRange? told = null;
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]).Add(t => t.OnZoom, range => told = range));

        await panel.InvokeAsync(() => panel.Instance.Zoomed(1000, 61_000));

        Assert.Equal(new TimeRange(DateTime.UnixEpoch.AddSeconds(1).Ticks, DateTime.UnixEpoch.AddSeconds(61).Ticks), told);
        Assert.Empty(panel.FindAll("button"));
        await panel.InvokeAsync(panel.Instance.ZoomReset);
        Assert.Null(told);
    }

    [Fact]
    public void ChartPanel_WindowGiven_MakesItsColumnsAsLong()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]).Add(t => t.Window, "tumbling 5s"));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();
        _harness.Step();

        Assert.Equal(TimeSpan.FromSeconds(5).Ticks, Assert.Single(_harness.Engine.Shards[0].States.Find(0)!.Charts).Columns.WidthTicks);
    }

    [Fact]
    public void PanelBody_ExpressionThatCannotBeRead_SaysWhereInThePlaceOfTheChart()
    {
        var panel = new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Expression = new PanelExpression("sum(cpu.usage") };
        var body = Render<PanelBody>(p => p.Add(b => b.Panel, panel).Add(b => b.Range, ViewRange.Initial));
        Assert.Contains("Character 14: ", body.Find("[role=alert] li").TextContent, StringComparison.Ordinal);
        Assert.Empty(body.FindAll(".live-chart"));

        body.Render(p => p.Add(b => b.Panel, panel with { Expression = new PanelExpression("sum(cpu.usage)") }));

        Assert.Equal("Chart of sum({\"cpu.usage\"})", body.Find(".live-chart").GetAttribute("aria-label"));
    }

    [Fact]
    public void ChartPanel_ExpressionPastABound_SaysSoOverTheChart()
    {
        _store.Add(0, _harness.Now, 1);
        _store.Add(1, _harness.Now, 1);
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, []).Add(t => t.Expr, LiveDash.Core.Query.PromQuery.Parse("sum(cpu.usage) + on (nothing) group_left cpu.usage * on (cpu) cpu.usage * on () cpu.usage")));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();

        panel.WaitForAssertion(() => Assert.Contains("duplicate", panel.Find(".live-fault").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void ChartPanel_OtherUnit_ConfiguresTheScriptWithoutNewData()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));

        panel.Render(p => p.Add(t => t.Fields, new FieldConfig { Unit = "visits", Decimals = 1 }));

        panel.WaitForAssertion(() => Assert.Equal("configure", Assert.Single(_module.Invocations["tell"]).Arguments[1]));
    }

    [Fact]
    public void StatPanel_OverTheRange_LeasesNoWindow()
    {
        var panel = Render<StatPanel>(p => p.Add(t => t.Series, "cpu.usage").Add(t => t.Aggregate, "mean").Add(t => t.Window, DashboardPanel.RangeWindow));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();
        _harness.Step();

        Assert.Equal(0, _harness.Engine.Status.Windows);
        Assert.Single(_harness.Engine.Shards[0].States.Find(0)!.Charts);
    }

    [Fact]
    public async Task ChartPanel_SpansWithoutSense_AreNotTaken()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]));

        await panel.InvokeAsync(() => panel.Instance.Zoomed(double.NaN, 5));
        await panel.InvokeAsync(() => panel.Instance.Zoomed(10, 5));

        Assert.Empty(panel.FindAll("button"));
    }

    [Fact]
    public void ChartPanel_Paused_TellsTheScriptOnce()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.usage"]));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));

        panel.Render(p => p.Add(t => t.Paused, true));
        panel.Render(p => p.Add(t => t.Paused, true));

        panel.WaitForAssertion(() => Assert.Single(_module.Invocations["tell"]));
    }

    [Fact]
    public void ChartPanel_OtherSpan_GivesTheOldLeasesBack()
    {
        var panel = Render<ChartPanel>(p => p.Add(t => t.Series, ["cpu.*"]));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();
        _harness.Step();
        Assert.Single(_harness.Engine.Shards[0].States.Find(0)!.Charts);
        Assert.Single(_harness.Engine.Shards[0].States.Find(1)!.Charts);

        panel.Render(p => p.Add(t => t.Span, TimeSpan.FromMinutes(15)));
        panel.WaitForAssertion(() =>
        {
            Scope.BuildFrame();
            _harness.Step();
            var chart = Assert.Single(_harness.Engine.Shards[0].States.Find(0)!.Charts);
            Assert.Equal(TimeSpan.FromMinutes(15).Ticks / 300, chart.Columns.WidthTicks);
        });
    }

    [Fact]
    public void SeriesGrid_Filter_CountsWhatFits()
    {
        var grid = Render<SeriesGrid>();
        Assert.Contains("3 series", grid.Find("[role=status]").TextContent, StringComparison.Ordinal);

        grid.Find("input").Input("CPU us");
        grid.WaitForAssertion(() => Assert.Contains("2 series", grid.Find("[role=status]").TextContent, StringComparison.Ordinal));
        grid.Find("input").Input("nothing such");
        grid.WaitForAssertion(() => Assert.Contains("0 series", grid.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void GridPanel_Rendered_NamesItselfAndHasNoTextOfItsOwn()
    {
        var panel = Render<GridPanel>(p => p.Add(t => t.Series, ["coords"]));

        Assert.Equal("Grid of the located points of coords", panel.Find("canvas").GetAttribute("aria-label"));
        Assert.Empty(panel.Find("[data-part=caption]").TextContent);
    }

    [Fact]
    public async Task Dispose_PanelLeavesThePage_GivesItsLeasesBack()
    {
        var panel = Render<StatPanel>(p => p.Add(t => t.Series, "cpu.usage").Add(t => t.Aggregate, "p99"));
        panel.WaitForAssertion(() => Assert.Equal(1, Scope.Panels));
        Scope.BuildFrame();
        _harness.Step();
        Assert.Equal(1, _harness.Engine.Status.Windows);

        await DisposeComponentsAsync();
        _harness.Step();

        Assert.Equal(0, Scope.Panels);
        Assert.Equal(0, _harness.Engine.Status.Windows);
    }
}
