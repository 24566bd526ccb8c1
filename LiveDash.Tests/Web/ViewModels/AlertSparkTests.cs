using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class AlertSparkTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());

    [Fact]
    public void Of_AFiringAlert_ShowsItsSeriesInTheSeveritysColourWithTheThreshold()
    {
        Assert.True(_catalog.TryIntern(new SeriesKey("other"), out _));
        Assert.True(_catalog.TryIntern(new SeriesKey("cpu.load"), out var series));
        var alert = SampleAlerts.Firing("hot", "cpu.load", Severity.Critical);

        var spark = AlertSpark.Of(AlertListItem.Of(alert), new RuleSet([alert.Rule]), _catalog);

        Assert.Equal(new AlertSpark(series, "--crit", "80 crit", IsSteps: false), spark);
        Assert.Equal("--chart-1", AlertSpark.Of(AlertListItem.Of(alert) with { State = AlertState.Recovering }, new RuleSet([alert.Rule]), _catalog)!.Color);
    }

    [Fact]
    public void Of_WhatIsOverOrNoSeries_HasNone()
    {
        var alert = SampleAlerts.Firing("hot", "cpu.load");
        Assert.Null(AlertSpark.Of(AlertListItem.Of(alert), new RuleSet([alert.Rule]), _catalog));
        Assert.True(_catalog.TryIntern(new SeriesKey("cpu.load"), out _));
        Assert.Null(AlertSpark.Of(AlertListItem.Of(alert) with { State = AlertState.Inactive }, new RuleSet([alert.Rule]), _catalog));
    }
}
