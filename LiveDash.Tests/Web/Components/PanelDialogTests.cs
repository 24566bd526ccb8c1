using Bunit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

public sealed class PanelDialogTests : BunitContext
{
    private readonly SeriesCatalog _catalog = new(new Limits());
    private DashboardPanel? _saved;

    public PanelDialogTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(_catalog);
        foreach (var name in new[] { "cpu.usage", "mem.used_percent", "net.cpu" }) Assert.True(_catalog.TryIntern(new SeriesKey(name), out _));
    }

    [Fact]
    public void Search_PartOfAName_ListsItsStartFirst()
    {
        var dialog = Show(new PanelDraft());

        dialog.Find("input[type=search]").Input("cpu");

        Assert.Equal(["cpu.usage", "net.cpu"], dialog.FindAll(".series-list .mono").Select(e => e.TextContent));
    }

    [Fact]
    public void Save_NothingChosen_SaysSoBesideTheField()
    {
        var dialog = Show(new PanelDraft());

        dialog.Find("form").Submit();

        Assert.Null(_saved);
        Assert.Equal("Choose at least one series.", dialog.Find(".series-picker .error").TextContent);
    }

    [Fact]
    public void Save_PatternOfAStat_GivesThePanel()
    {
        var dialog = Show(new PanelDraft());

        dialog.FindAll("input[type=radio]")[1].Change(true);
        dialog.Find("input[type=search]").Input("cpu.*");
        dialog.Find(".series-list button").Click();
        dialog.FindAll(".form-grid input")[1].Input("p99");
        dialog.Find("form").Submit();

        Assert.Equal((PanelKind.Stat, "p99", 3, 2), (_saved!.Kind, _saved.Aggregate, _saved.W, _saved.H));
        Assert.Equal(["cpu.*"], _saved.Series);
    }

    [Fact]
    public void Save_WrongWindow_ShowsWhatAWindowIs()
    {
        var draft = new PanelDraft { Kind = PanelKind.Stat, Window = "5 parsecs" };
        draft.Series.Add("cpu.usage");
        var dialog = Show(draft);

        dialog.Find("form").Submit();

        Assert.Null(_saved);
        Assert.NotEmpty(dialog.FindAll(".form-grid [aria-invalid=true]"));
    }

    [Fact]
    public void Edit_Panel_KeepsPlaceAndId()
    {
        var panel = new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage"], X = 3, Y = 2, W = 5, H = 7 };
        var dialog = Show(new PanelDraft(panel));

        dialog.FindAll(".form-grid input")[0].Input("Processor");
        dialog.Find("form").Submit();

        Assert.Equal(panel with { Title = "Processor" }, _saved);
    }

    private IRenderedComponent<PanelDialog> Show(PanelDraft draft) => Render<PanelDialog>(parameters => parameters
        .Add(dialog => dialog.Draft, draft)
        .Add(dialog => dialog.OnSave, panel => _saved = panel)
        .Add(dialog => dialog.OnClose, () => { }));
}
