using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class PanelEditTests
{
    [Fact]
    public void Do_SeveralSteps_EachIsUndoneAndRedone()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage"] });
        edit.Do("window 10 s", panel => panel with { Window = "tumbling 10s" });
        edit.DoFields("unit bytes", fields => fields with { Unit = "bytes" });
        edit.Do("nothing", panel => panel with { Window = "tumbling 10s" });
        Assert.Equal((2, "unit bytes"), (edit.Edits, edit.LastText));

        edit.Undo();
        Assert.Equal((null, "tumbling 10s", true), (edit.Panel.Fields.Unit, edit.Panel.Window, edit.CanRedo));
        edit.Undo();
        edit.Undo();
        Assert.Equal((null, 0), (edit.Panel.Window, edit.Edits));
        edit.Redo();
        edit.Redo();
        Assert.Equal("bytes", edit.Panel.Fields.Unit);
    }

    [Theory]
    [InlineData("series", PanelKind.Chart, null, null)]
    [InlineData("window", PanelKind.Stat, "5 parsecs", null)]
    [InlineData("aggregate", PanelKind.Stat, null, "maen")]
    public void Errors_OfAField_AreSaidByItsName(string field, PanelKind kind, string? window, string? aggregate)
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = kind, Series = field == "series" ? [] : ["s"], Window = window, Aggregate = aggregate });

        Assert.Equal([field], edit.Errors().Keys);
        Assert.False(edit.IsValid);
    }

    [Fact]
    public void Errors_LinkThatIsAScript_IsRefused()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["s"], Fields = new() { Links = [new("Runbook", "javascript:alert(1)")] } });

        Assert.Equal("An address begins with http://, https:// or, for a page of this site, with /.", edit.Errors()["links"]);
    }

    [Fact]
    public void ToPanel_KindWithoutSeries_LeavesThemOut()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["s"] });
        edit.Do("image", panel => panel with { Kind = PanelKind.Image, Plot = "p" });

        Assert.Empty(edit.ToPanel().Series);
        Assert.Equal("p", edit.ToPanel().Plot);
    }
}
