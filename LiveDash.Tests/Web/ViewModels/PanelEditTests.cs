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
    public void Errors_SeveralOfAField_AreALineEach()
    {
        var edit = new PanelEdit(new DashboardPanel
        {
            Id = "a", Kind = PanelKind.Chart, Series = ["a{", "b", "c{x"], Fields = new() { Links = [new("", "https://example.org"), new("Runbook", "nowhere")] },
        });

        Assert.Equal(["Series 1", "Series 3"], edit.Errors()["series"].Split('\n').Select(static line => line.Split(':')[0]));
        Assert.Equal(["Link 1", "Link 2"], edit.Errors()["links"].Split('\n').Select(static line => line.Split(':')[0]));
    }

    [Theory]
    [InlineData("sum(", "Character 5: ")]
    [InlineData("a[5m]", "This yields the points of a range")]
    [InlineData("", "Write an expression")]
    [InlineData("sum(a) +\n  avg by (x) (b, c)", "Line 2, character ")]
    public void Errors_Expression_AreSaidWithTheirPlace(string text, string begins)
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Expression = new PanelExpression(text) });

        Assert.StartsWith(begins, edit.Errors()["expr"], StringComparison.Ordinal);
    }

    [Fact]
    public void ToPanel_ExpressionOrSeries_KeepsTheOneThatIsShown()
    {
        var panel = new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["a"], Expression = new PanelExpression("sum(a)") };

        Assert.Empty(new PanelEdit(panel).ToPanel().Series);
        Assert.Null(new PanelEdit(panel with { Kind = PanelKind.States }).ToPanel().Expression);
        Assert.Equal("explore?expr=sum%28a%29&last=5m", PanelAddress.Explore(panel, ViewRange.Initial));
        Assert.Equal("rules/new?language=promql&expr=sum%28a%29", PanelAddress.NewRule(panel));
        Assert.Equal("api/query/range?expr=sum%28a%29&from=now-5m&to=now&format=csv", PanelAddress.Points(panel, ViewRange.Initial, "csv"));
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
