using System.Text;
using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Tests.Core.Configuration;

public sealed class DashboardJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        var dashboard = new Dashboard
        {
            Id = "web",
            Name = "Web <b>\"servers\"</b> é",
            Panels =
            [
                new() { Id = "a", Kind = PanelKind.Stat, Series = ["cpu.load{host=a}"], Title = "Load", Window = "5m", Aggregate = "p99", W = 3, H = 2 },
                new() { Id = "b", Kind = PanelKind.Series, Span = TimeSpan.FromMinutes(15), Y = 2, W = 12, H = 6 },
                new() { Id = "c", Kind = PanelKind.Image, Plot = "load-2010", Y = 8, W = 6, H = 5 },
                new() { Id = "d", Kind = PanelKind.Section, Title = "Details", IsCollapsed = true, Y = 13, W = 12, H = 1 },
                new()
                {
                    Id = "e", Kind = PanelKind.Chart, Series = ["s"], Window = DashboardPanel.RangeWindow, Y = 14,
                    Fields = new()
                    {
                        Unit = "visits/s", Decimals = 2, Min = -1.5, Max = 1e9, Style = LineStyle.Steps, Band = false, Legend = LegendKind.None, RuleThresholds = false,
                        Thresholds = [new(300, ThresholdColor.Critical), new(2, ThresholdColor.Ok, IsBelow: true)], Links = [new("Runbook", "https://example.org/a?b=c"), new("Other", "/d/other")],
                    },
                },
                new() { Id = "g", Kind = PanelKind.Chart, Series = ["a", "b", "a", "c"], Queries = [PanelQuery.OfPanel, new("max"), new(null, "tumbling 1m")], Aggregate = "last", X = 6, Y = 14 },
                new() { Id = "f", Kind = PanelKind.Forecast, Series = ["disk.used"], Ahead = TimeSpan.FromHours(6), Target = 100, Y = 18 },
                new() { Id = "q", Kind = PanelKind.Chart, Expression = new PanelExpression("sum by (host) (rate(a[1m]))", "{{host}}", TimeSpan.FromSeconds(15)), Y = 22 },
            ],
            Folder = "Shop",
            KnownSeries = 12,
        };

        var read = DashboardJson.Read(DashboardJson.Write(dashboard), "web", out var errors);

        Assert.Empty(errors);
        Assert.Equal(dashboard.Name, read!.Name);
        Assert.Equal(dashboard.Panels, read.Panels);
        Assert.Equal((dashboard.Folder, dashboard.KnownSeries), (read.Folder, read.KnownSeries));
    }

    [Theory]
    [InlineData("\"unit\":\"a word that is far too long for it\"", "unit", "At most 24 characters.")]
    [InlineData("\"decimals\":10", "decimals", "A whole number from 0 to 9 is expected here.")]
    [InlineData("\"min\":\"x\"", "min", "A number is expected here.")]
    [InlineData("\"min\":2,\"max\":2", "max", "It must be larger than min.")]
    [InlineData("\"step\":\"soon\"", "step", "A duration is written 15s, 1m or 1h.")]
    [InlineData("\"step\":\"15s\"", "step", "It belongs to an expression, 'expr'.")]
    [InlineData("\"legendFormat\":\"x\"", "legendFormat", "It belongs to an expression, 'expr'.")]
    [InlineData("\"expr\":\"sum(cpu)\"", "series", "A panel shows an expression or series, not both.")]
    [InlineData("\"step\":\"10ms\"", "step", "From 1 second to 31 days.")]
    [InlineData("\"ahead\":\"soon\"", "ahead", "A duration is written 15m, 1h or 7d.")]
    [InlineData("\"ahead\":\"8d\"", "ahead", "From 5 minutes to 7 days.")]
    [InlineData("\"target\":\"x\"", "target", "A number is expected here.")]
    [InlineData("\"style\":\"pie\"", "style", "It is one of line, area, steps, stacked.")]
    [InlineData("\"legend\":\"big\"", "legend", "It is one of auto, table, list, none.")]
    [InlineData("\"band\":1", "band", "It is true or false.")]
    [InlineData("\"thresholds\":[{\"color\":\"ok\"}]", "thresholds[0].value", "The field is missing.")]
    [InlineData("\"thresholds\":[{\"value\":1,\"color\":\"red\"}]", "thresholds[0].color", "It is one of info, ok, warning, critical.")]
    [InlineData("\"links\":[{\"title\":\"x\",\"url\":\"javascript:alert(1)\"}]", "links[0].url", "An address begins with http://, https:// or, for a page of this site, with /.")]
    [InlineData("\"links\":[{\"title\":\"x\",\"url\":\"//evil.example\"}]", "links[0].url", "An address begins with http://, https:// or, for a page of this site, with /.")]
    public void Read_WrongFieldOfTheDisplay_NamesIt(string part, string field, string message)
    {
        var json = $"{{\"name\":\"a\",\"panels\":[{{\"id\":\"t\",\"kind\":\"chart\",\"series\":[\"s\"],{part}}}]}}";

        Assert.Null(DashboardJson.Read(Encoding.UTF8.GetBytes(json), "d", out var errors));

        Assert.Equal(new DashboardError("panels[0]." + field, message), Assert.Single(errors));
    }

    [Theory]
    [InlineData("nonsense", "", "This is not JSON: line 1, column 2.")]
    [InlineData("[]", "", "An object { } is expected here.")]
    [InlineData("""{"panels":[]}""", "name", "The field is missing.")]
    [InlineData("""{"name":"  "}""", "name", "A dashboard needs a name.")]
    [InlineData("""{"name":"a","name":"b"}""", "name", "The field stands twice.")]
    [InlineData("""{"version":3,"name":"a"}""", "version", "A whole number from 1 to 2 is expected here.")]
    [InlineData("""{"name":"a","panel":[]}""", "panel", "There is no such field; known are version, name, panels, folder, knownSeries, variables.")]
    [InlineData("""{"name":"a","tiles":[1],"panels":[]}""", "tiles", "There is no such field; known are version, name, panels, folder, knownSeries, variables.")]
    [InlineData("""{"name":"a","tiles":[1]}""", "tiles[0]", "An object { } is expected here.")]
    [InlineData("""{"name":"a","panels":{}}""", "panels", "A list [ ] is expected here.")]
    [InlineData("""{"name":"a","panels":[1]}""", "panels[0]", "An object { } is expected here.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"pie","series":["s"]}]}""", "panels[0].kind", "It is one of stat, chart, states, grid, series, image, forecast, section.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"image","series":[]}]}""", "panels[0].plot", "An image shows a scheduled plot: name one.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"image","series":[],"plot":"../x"}]}""", "panels[0].plot", "The name of a scheduled plot has letters, digits, dots, dashes and underscores only.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":[]}]}""", "panels[0].series", "At least one series is needed.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":["a{b"]}]}""", "panels[0].series[0]", "A series is written name or name{tag=value}; * stands for anything.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":["s"],"w":13}]}""", "panels[0].w", "A whole number from 1 to 12 is expected here.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":["s"],"w":4,"x":9}]}""", "panels[0].x", "A whole number from 0 to 8 is expected here.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":["s"],"span":"1s"}]}""", "panels[0].span", "From 10 seconds to 31 days.")]
    [InlineData("""{"name":"a","panels":[{"id":"t","kind":"chart","series":["s"]},{"id":"t","kind":"chart","series":["s"]}]}""", "panels[1].id", "'t' stands twice.")]
    public void Read_WrongField_NamesIt(string json, string field, string message)
    {
        var dashboard = DashboardJson.Read(Encoding.UTF8.GetBytes(json), "d", out var errors);

        Assert.Null(dashboard);
        Assert.Equal(new DashboardError(field, message), errors[0]);
    }

    [Fact]
    public void Read_DocumentOfVersion1_GivesItsTilesAsPanels()
    {
        var old = """
            {"version": 1, "name": "Web", "tiles": [
              {"id": "a", "kind": "stat", "title": "Load", "series": ["cpu.load{host=a}"], "window": "5m", "aggregate": "p99", "x": 0, "y": 0, "w": 3, "h": 2},
              {"id": "b", "kind": "chart", "title": "", "series": ["net.*"], "span": "15m", "x": 3, "y": 0, "w": 6, "h": 4}
            ]}
            """;

        var read = DashboardJson.Read(Encoding.UTF8.GetBytes(old), "web", out var errors);

        Assert.Empty(errors);
        Assert.Equal(
            [
                new DashboardPanel { Id = "a", Kind = PanelKind.Stat, Title = "Load", Series = ["cpu.load{host=a}"], Window = "5m", Aggregate = "p99", W = 3, H = 2 },
                new DashboardPanel { Id = "b", Kind = PanelKind.Chart, Series = ["net.*"], Span = TimeSpan.FromMinutes(15), X = 3, W = 6, H = 4 },
            ],
            read!.Panels);
        Assert.Contains("\"panels\": [", Encoding.UTF8.GetString(DashboardJson.Write(read)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongWindow_SaysWhatAWindowIs()
    {
        DashboardJson.Read("""{"name":"a","panels":[{"id":"t","kind":"stat","series":["s"],"window":"5x","aggregate":"maen"}]}"""u8.ToArray(), "d", out var errors);

        Assert.Equal(["panels[0].window", "panels[0].aggregate"], errors.Select(error => error.Field));
    }

    [Fact]
    public void Write_SeriesThatShowWhatThePanelShows_AreTextsAsBefore()
    {
        var text = Encoding.UTF8.GetString(DashboardJson.Write(new Dashboard { Id = "d", Name = "n", Panels = [new() { Id = "a", Kind = PanelKind.Chart, Series = ["cpu", "mem"], Queries = [PanelQuery.OfPanel, new("max", "tumbling 1m")] }] }));

        Assert.Equal("[\"cpu\",{\"series\":\"mem\",\"aggregate\":\"max\",\"window\":\"tumbling 1m\"}]", System.Text.Json.Nodes.JsonNode.Parse(text)!["panels"]![0]!["series"]!.ToJsonString());
    }

    [Theory]
    [InlineData("chart", "{\"series\":\"s\",\"aggregate\":\"maen\"}", "panels[0].series[0].aggregate")]
    [InlineData("chart", "{\"series\":\"s\",\"window\":\"5x\"}", "panels[0].series[0].window")]
    [InlineData("chart", "{\"series\":\"s\",\"colour\":\"red\"}", "panels[0].series[0].colour")]
    [InlineData("chart", "{\"aggregate\":\"max\"}", "panels[0].series[0].series")]
    [InlineData("chart", "{\"series\":\"\"}", "panels[0].series[0]")]
    [InlineData("stat", "{\"series\":\"s\",\"aggregate\":\"max\"}", "panels[0].series[0].series")]
    public void Read_WrongEntryOfTheSeries_NamesItsField(string kind, string entry, string field)
    {
        Assert.Null(DashboardJson.Read(Encoding.UTF8.GetBytes($"{{\"name\":\"a\",\"panels\":[{{\"id\":\"t\",\"kind\":\"{kind}\",\"series\":[{entry}]}}]}}"), "d", out var errors));

        Assert.Equal(field, Assert.Single(errors).Field);
    }

    [Fact]
    public void Read_HalfASurrogate_IsAnErrorNotAnException()
    {
        var dashboard = DashboardJson.Read("{\"name\":\"\\ud800\"}"u8.ToArray(), "d", out var errors);

        Assert.Null(dashboard);
        Assert.Single(errors);
    }

    [Fact]
    public void Read_AnyByteChanged_NeverThrows()
    {
        var good = DashboardJson.Write(new Dashboard { Id = "d", Name = "n", Panels = [new() { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.*"], Window = "5m" }] });
        var random = new Random(11);
        for (var i = 0; i < good.Length; i++)
        {
            var broken = (byte[])good.Clone();
            broken[i] = (byte)random.Next(256);
            DashboardJson.Read(broken, "d", out _);
        }
    }
}
