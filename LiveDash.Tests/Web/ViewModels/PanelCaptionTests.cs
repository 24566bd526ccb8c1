using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class PanelCaptionTests
{
    [Theory]
    [InlineData("tumbling 5s", null, "mean of 5 s, band min to max")]
    [InlineData(null, "max", "max")]
    [InlineData("tumbling 1m", "last", "last of 1 min")]
    [InlineData(null, null, "")]
    public void Of_AChart_SaysWhatIsComputed(string? window, string? aggregate, string expected) =>
        Assert.Equal(expected, PanelCaption.Of(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["s"], Window = window, Aggregate = aggregate }));

    [Fact]
    public void Of_AChartWhoseSeriesShowDifferentThings_DoesNotSpeakForAll() =>
        Assert.Equal("aggregates by series", PanelCaption.Of(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["s", "s"], Queries = [new("max")] }));

    [Fact]
    public void Thresholds_OfRulesAndByHand_StandTogether()
    {
        Assert.True(RuleReader.TryRead(new RuleConfig { Id = "r", Name = "hot", Expr = "mean(web.latency_ms{host=*}, 10s) > 300 critical 500 for 5s", Severity = "warning" }, out var rule, out _));
        var keys = new[] { new SeriesKey("web.latency_ms", [new("host", "a")]) };
        var fields = new FieldConfig { Thresholds = [new(100, ThresholdColor.Ok, IsBelow: true)] };

        var found = ChartThresholds.Of(fields, [rule!], keys, new FieldFormat(ValueUnit.Milliseconds));

        Assert.Equal(["Good below 100 ms", "Warning above 300 ms", "Critical above 500 ms"], found.Select(static t => t.Text));
        Assert.Equal(["ok", "warn", "crit"], found.Select(static t => t.Severity));
        Assert.Single(ChartThresholds.Of(fields with { RuleThresholds = false }, [rule!], keys, new FieldFormat(ValueUnit.Milliseconds)));
        Assert.Single(ChartThresholds.Of(fields, [rule!], [new SeriesKey("other")], new FieldFormat(ValueUnit.Number)));
    }
}
