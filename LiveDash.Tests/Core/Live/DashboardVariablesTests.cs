using System.Text;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Live;

public sealed class DashboardVariablesTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());

    public DashboardVariablesTests()
    {
        foreach (var text in new[] { "cpu{host=web2,job=a}", "cpu{host=web1,job=a}", "cpu{host=Web1,job=b}", "mem{host=db1,job=b}", "plain" })
        {
            Assert.True(SeriesKey.TryParse(text, out var key) && _catalog.TryIntern(key!, out _));
        }
    }

    [Fact]
    public void Choose_NothingAsked_BeginsWithAllTheDefaultOrTheFirst()
    {
        var choices = DashboardVariables.Choose(Of(Host, Host with { Name = "b", Default = "web2" }, Host with { Name = "c", HasAll = false }), Asked(), _catalog);

        Assert.Equal(["*", "web2", "db1"], choices.Select(static one => one.Value));
        Assert.Equal(["db1", "Web1", "web1", "web2"], choices[0].Values);
    }

    [Fact]
    public void Choose_AskedFor_IsTakenWhereItIsAValue()
    {
        string Chosen(DashboardVariable variable, string asked) => Assert.Single(DashboardVariables.Choose(Of(variable), Asked(("host", asked)), _catalog)).Value;

        Assert.Equal("web1", Chosen(Host, "web1"));
        // One that comes yet.
        Assert.Equal("web9", Chosen(Host, "web9"));
        Assert.Equal("db1", Chosen(Host with { HasAll = false }, "*"));
        foreach (var wrong in new[] { "", new string('x', DashboardVariable.MaxText + 1), "a\u0007b" }) Assert.Equal("*", Chosen(Host, wrong));
        Assert.Empty(DashboardVariables.Choose(Of(), Asked(("host", "web1")), _catalog));
    }

    [Fact]
    public void Choose_Fixed_WhatIsNotNamedOrNoValueIsNothing()
    {
        string Chosen(DashboardVariable variable, params (string, string)[] asked) => Assert.Single(DashboardVariables.Choose(Of(variable), Asked(asked), _catalog, isFixed: true)).Value;

        Assert.Equal("web1", Chosen(Host, ("host", "web1")));
        Assert.Equal("*", Chosen(Host, ("host", "*")));
        // Renamed; all taken away; no value.
        Assert.Equal(Placeholders.Nothing, Chosen(Host with { Name = "machine" }, ("host", "web1")));
        Assert.Equal(Placeholders.Nothing, Chosen(Host with { HasAll = false, Default = "web2" }, ("host", "*")));
        Assert.Equal(Placeholders.Nothing, Chosen(Host, ("host", "")));
        var panel = new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Title = "Load of $host", Series = ["cpu{host=$host,job=*}", "$host"] };
        var dashboard = Of(Host) with { Panels = [panel, panel with { Id = "b", Expression = new PanelExpression("mean(cpu{host=$host,job=*}, 30s)") }] };
        var shown = DashboardVariables.Resolve(dashboard, DashboardVariables.Choose(dashboard, Asked(("was", "web1")), _catalog, isFixed: true)).Panels;
        Assert.Equal("Load of nothing", shown[0].Title);
        // No sender can make a series of it.
        Assert.NotNull(NameRules.FaultOf(Placeholders.Nothing, "A tag's value", "", new Limits()));
        foreach (var text in shown[0].Series)
        {
            Assert.True(SeriesPattern.TryParse(text, out var pattern));
            for (var i = 0; i < _catalog.Count; i++) Assert.False(pattern!.Matches(_catalog[i]));
        }
    }

    [Fact]
    public void Choose_OfATagThatIsAStar_IsNoValue()
    {
        Assert.True(_catalog.TryIntern(new SeriesKey("cpu", [new("host", "*")]), out _));

        var choice = Assert.Single(DashboardVariables.Choose(Of(Host with { HasAll = false }), Asked(), _catalog));

        Assert.Equal("db1", choice.Value);
        Assert.DoesNotContain("*", choice.Values);
    }

    [Fact]
    public void Choose_SeriesWithAVariableBefore_HasTheValuesThereAre()
    {
        var job = new DashboardVariable { Name = "job", Tag = "job" };
        var choices = DashboardVariables.Choose(Of(job, Host with { Series = "*{job=$job}" }), Asked(("job", "b")), _catalog);

        Assert.Equal(["db1", "Web1"], choices[1].Values);
        Assert.Equal(4, DashboardVariables.Choose(Of(job, Host with { Series = "*{job=$job}" }), Asked(), _catalog)[1].Values.Count);
        // Tags that the pattern does not name, the one whose values are looked for among them, are free.
        Assert.Equal(["web1", "web2"], DashboardVariables.Choose(Of(job, Host with { Series = "cpu{job=$job}" }), Asked(("job", "a")), _catalog)[1].Values);
    }

    [Fact]
    public void Choose_ValuesThatMayNotBeChosen_AreNotOffered()
    {
        foreach (var value in new[] { "*", new string('x', DashboardVariable.MaxText + 1), "" }) Assert.True(_catalog.TryIntern(new SeriesKey("cpu", [new("host", value)]), out _));

        var of = DashboardVariables.Choose(Of(Host with { HasAll = false }, Host with { Name = "b", HasAll = false, Series = "cpu{host=*}" }), Asked(), _catalog);

        Assert.Equal(["db1", "Web1", "web1", "web2"], of[0].Values);
        Assert.Equal(["Web1", "web1", "web2"], of[1].Values);
    }

    [Fact]
    public void Resolve_PanelWhoseLinksHoldNoVariable_KeepsItsFields()
    {
        var panel = new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Title = "$host", Series = ["cpu"], Fields = new FieldConfig { Links = [new PanelLink("the log", "https://logs.example.org/")] } };
        var dashboard = Of(Host) with { Panels = [panel] };

        Assert.Same(panel.Fields, DashboardVariables.Resolve(dashboard, DashboardVariables.Choose(dashboard, Asked(("host", "web1")), _catalog)).Panels[0].Fields);
    }

    [Fact]
    public void Choose_OfMoreValuesThanAreOffered_HasTheFirst()
    {
        for (var i = DashboardVariables.MaxValues + 50; i-- > 0;) Assert.True(_catalog.TryIntern(new SeriesKey("many", [new("n", $"{i:d4}")]), out _));

        var values = Assert.Single(DashboardVariables.Choose(Of(new DashboardVariable { Name = "n", Tag = "n" }), Asked(), _catalog)).Values;

        Assert.Equal(DashboardVariables.MaxValues, values.Count);
        Assert.Equal(("0000", $"{DashboardVariables.MaxValues - 1:d4}"), (values[0], values[^1]));
    }

    [Fact]
    public void Resolve_Panels_HoldTheValuesEverywhereAndThoseKeptDoNot()
    {
        var panel = new DashboardPanel
        {
            Id = "a", Kind = PanelKind.Chart, Title = "$host", Series = ["cpu{host=$host,job=*}"], Queries = [new PanelQuery("max")],
            Fields = new FieldConfig { Links = [new PanelLink("the log of $host", "https://logs.example.org/?q=$host")] },
        };
        var dashboard = Of(Host) with { Panels = [panel, panel with { Id = "b", Series = [], Expression = new PanelExpression("cpu{host=\"$host\"}", "$host {{job}}") }] };

        var shown = DashboardVariables.Resolve(dashboard, DashboardVariables.Choose(dashboard, Asked(("host", "w&1")), _catalog));

        Assert.Equal(("w&1", "cpu{host=w&1,job=*}", "max"), (shown.Panels[0].Title, shown.Panels[0].Series[0], shown.Panels[0].QueryAt(0).Aggregate));
        Assert.Equal(new PanelLink("the log of w&1", "https://logs.example.org/?q=w%261"), shown.Panels[0].Fields.Links[0]);
        Assert.Equal(("cpu{host=\"w&1\"}", "w&1 {{job}}"), (shown.Panels[1].Expression!.Text, shown.Panels[1].Expression!.Legend));
        Assert.Equal("$host", dashboard.Panels[0].Title);
        Assert.Equal("cpu{host=*,job=*}", DashboardVariables.OfAll(dashboard).Panels[0].Series[0]);
    }

    [Fact]
    public void Json_OfVariables_ComesBackAndEveryFaultHasItsField()
    {
        var dashboard = Of(Host with { Series = "cpu*", HasAll = false, Default = "web1" }, new DashboardVariable { Name = "job", Tag = "job" });

        var read = DashboardJson.Read(DashboardJson.Write(dashboard), "d", out var errors);
        Assert.Empty(errors);
        Assert.Equal(dashboard.Variables, read!.Variables);
        Assert.DoesNotContain("variables", Encoding.UTF8.GetString(DashboardJson.Write(Of())), StringComparison.Ordinal);

        const string Wrong = """{"name":"D","panels":[],"variables":[{"name":"1st","tag":"host"},{"name":"a","tag":""},{"name":"b","tag":"t","series":"x{"},{"name":"b","tag":"t"},{"name":"c","tag":"t","more":1},7]}""";
        Assert.Null(DashboardJson.Read(Encoding.UTF8.GetBytes(Wrong), "d", out errors));
        Assert.Equal(["variables[0].name", "variables[1].tag", "variables[2].series", "variables[3].name", "variables[4].more", "variables[5]"], errors.Select(static error => error.Field));
        var many = "{\"name\":\"D\",\"panels\":[],\"variables\":[" + string.Join(',', Enumerable.Range(0, DashboardVariable.MaxVariables + 1).Select(static i => $"{{\"name\":\"v{i}\",\"tag\":\"t\"}}")) + "]}";
        Assert.Null(DashboardJson.Read(Encoding.UTF8.GetBytes(many), "d", out errors));
        Assert.Equal("variables", Assert.Single(errors).Field);
    }

    private static DashboardVariable Host => new() { Name = "host", Tag = "host" };

    private static Dashboard Of(params DashboardVariable[] variables) => new() { Id = "d", Name = "D", Variables = variables };

    private static Dictionary<string, string> Asked(params (string Name, string Value)[] asked) => asked.ToDictionary(static one => one.Name, static one => one.Value);
}
