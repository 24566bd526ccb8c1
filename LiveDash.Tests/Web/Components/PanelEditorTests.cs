using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace LiveDash.Tests.Web.Components;

public sealed class PanelEditorTests : BunitContext, IAsyncLifetime
{
    private readonly SeriesCatalog _catalog = new(new Limits());

    public PanelEditorTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(static o => o.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton(_catalog);
        Services.AddSingleton(new Limits());
        Services.AddSingleton<IDocumentStore>(new MemoryDocumentStore());
        Services.AddSingleton<RuleBook>();
        foreach (var text in new[] { "cpu.usage", "mem.used_percent", "web.latency_ms{host=a}", "web.latency_ms{host=b}" })
        {
            Assert.True(SeriesKey.TryParse(text, out var key) && _catalog.TryIntern(key!, out _));
        }
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    // Services of the component library are disposed asynchronously only.
    Task IAsyncLifetime.DisposeAsync() => base.DisposeAsync().AsTask();

    [Fact]
    public void DataTab_PatternTyped_SaysHowManySeriesMatchAndWhatTellsThemApart()
    {
        var edit = new PanelEdit(PanelKind.Chart);
        var tab = Render<DataTab>(p => p.Add(t => t.Edit, edit));
        Assert.Contains("Write a name, or a pattern with *", tab.Markup, StringComparison.Ordinal);

        tab.Find("input.mono, .mono input").Change("web.latency_ms{host=*}");

        Assert.Equal(["web.latency_ms{host=*}"], edit.Panel.Series);
        tab.WaitForAssertion(() => Assert.Contains("2 series match", tab.Find(".panel-editor-match").TextContent, StringComparison.Ordinal));
        Assert.Equal(["a", "b"], tab.FindAll(".panel-editor-match .badge").Select(badge => badge.TextContent));
        Assert.Contains("New series that match join by themselves", tab.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DataTab_NothingChosenAndTried_SaysSoAtTheField()
    {
        var tab = Render<DataTab>(p => p.Add(t => t.Edit, new PanelEdit(PanelKind.Chart)).Add(t => t.Tried, true));

        Assert.Contains("Choose at least one series.", tab.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void DataTab_PromQlChosen_BeginsWithTheSeriesAndTellsEachFaultWithItsPlace()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["web.latency_ms{host=*}"] });
        var tab = Render<DataTab>(p => p.Add(t => t.Edit, edit));

        tab.FindAll(".panel-editor-how .mud-toggle-item").Single(static item => item.TextContent.Contains("PromQL", StringComparison.Ordinal)).Click();
        Assert.Equal("{\"web.latency_ms\"}", edit.Panel.Expression!.Text);
        Assert.Empty(tab.FindAll("[role=alert]"));

        tab.Find("textarea").Change("sum(a) +");
        Assert.Contains("Character 9: ", tab.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(edit.IsValid);
        tab.Find("textarea").Change("sum by (host) (web.latency_ms)");
        Assert.Empty(tab.FindAll("[role=alert]"));
        Assert.True(edit.IsValid);

        tab.FindAll(".panel-editor-how .mud-toggle-item").First().Click();
        Assert.Null(edit.Panel.Expression);
        Assert.Equal(["web.latency_ms{host=*}"], edit.Panel.Series);
    }

    [Fact]
    public void QueryFields_WindowOfOneEntry_IsItsOwnAndUndoTakesItBack()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage", "cpu.usage"], Queries = [PanelQuery.OfPanel, new("max", "tumbling 2m")] });
        var fields = Render<QueryFields>(p => p.Add(t => t.Edit, edit));
        Assert.Equal(["cpu.usage", "cpu.usage"], fields.FindAll("legend.mono").Select(static legend => legend.TextContent));

        // 2 min is none of the choices, so it is written.
        fields.Find("input[type=text]").Change("5x");
        Assert.False(edit.IsValid);
        Assert.Contains("window1", edit.Errors().Keys);
        fields.Find("input[type=text]").Change("tumbling 3m");

        Assert.True(edit.IsValid);
        Assert.Equal([PanelQuery.OfPanel, new("max", "tumbling 3m")], edit.ToPanel().Queries);
        edit.Undo();
        edit.Undo();
        Assert.Equal(new PanelQuery("max", "tumbling 2m"), edit.Panel.QueryAt(1));
    }

    [Fact]
    public async Task QueryFields_EntryBeforeAWrittenWindowComesOrGoes_ItStaysWithItsQuery()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage", "mem.used_percent"] });
        var fields = Render<QueryFields>(p => p.Add(t => t.Edit, edit));
        string Written() => string.Join('/', fields.FindAll("fieldset.panel-editor-query").Select(static one => one.QuerySelectorAll("input[type=text]").Length));
        // The second one's window is to be written; nothing is yet.
        await fields.InvokeAsync(() => fields.FindComponents<SelectField<string>>().Single(static one => one.Instance.Label == "Window 2").Instance.ValueChanged.InvokeAsync("\u0001own"));
        Assert.Equal("0/1", Written());

        edit.Do("without the first", static panel => panel.WithoutSeries(0));
        fields.Render();
        Assert.Equal("1", Written());
        edit.Do("two before it", static panel => panel.WithSeries(["disk.used", "cpu.usage", "mem.used_percent"]));
        fields.Render();
        Assert.Equal("0/0/1", Written());
    }

    [Fact]
    public void DataTab_ChartOfTwoEntries_OffersAnAggregateForEach()
    {
        Assert.NotEmpty(Render<DataTab>(p => p.Add(t => t.Edit, new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage", "mem.used_percent"] }))).FindAll(".panel-editor-queries"));
        Assert.Empty(Render<DataTab>(p => p.Add(t => t.Edit, new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage"] }))).FindAll(".panel-editor-queries"));
        Assert.Empty(Render<DataTab>(p => p.Add(t => t.Edit, new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.States, Series = ["cpu.usage", "mem.used_percent"] }))).FindAll(".panel-editor-queries"));
    }

    [Fact]
    public void ThresholdsTab_Added_IsOneStepThatUndoTakesBack()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage"] });
        var tab = Render<ThresholdsTab>(p => p.Add(t => t.Edit, edit));

        tab.Find("button").Click();

        Assert.Equal([new PanelThreshold(0, ThresholdColor.Warning)], edit.Panel.Fields.Thresholds);
        Assert.Equal("one threshold more", edit.LastText);
        edit.Undo();
        Assert.Empty(edit.Panel.Fields.Thresholds);
    }

    [Fact]
    public void SeriesPicker_PartOfAName_ListsItsStartFirst()
    {
        Assert.True(_catalog.TryIntern(new SeriesKey("net.cpu"), out _));
        var picker = Render<SeriesPicker>(p => p.Add(t => t.Chosen, []));

        picker.Find("input[type=search]").Input("cpu");

        Assert.Equal(["cpu.usage", "net.cpu"], picker.FindAll(".series-list .mono").Select(e => e.TextContent));
    }
}
