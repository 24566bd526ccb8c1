using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class AlertStripViewTests
{
    private static readonly HashSet<string> s_none = [];

    [Fact]
    public void Rows_SeveralSeverities_AreWorstThenNewestFirst()
    {
        var view = AlertStripView.Of(
            [
                SampleAlerts.Firing("old-warning", "a", Severity.Warning, 1), SampleAlerts.Firing("new-warning", "b", Severity.Warning, 9),
                SampleAlerts.Firing("critical", "c", Severity.Critical, 2), SampleAlerts.Firing("info", "d", Severity.Info, 30),
            ],
            s_none);

        Assert.Equal(["critical", "new-warning", "old-warning", "info"], view.Rows.Select(static r => r.RuleName));
        Assert.Equal((0, 4), (view.More, view.Open));
        Assert.Equal((3, "2 warnings, 1 info"), (view.MoreThanWorst, view.Rest));
    }

    [Fact]
    public void Rows_OneRuleOnManySeries_IsOneLineWithTheirNumber()
    {
        var view = AlertStripView.Of([SampleAlerts.Firing("disk", "disk.used{host=a}"), SampleAlerts.Firing("disk", "disk.used{host=b}", firedAt: 5)], s_none);

        var row = Assert.Single(view.Rows);
        Assert.Equal((2, null, ""), (row.Count, row.Series, row.Figure));
        Assert.Equal(5 * TimeSpan.TicksPerSecond, row.FiredAt);
        Assert.Equal("disk-disk.used{host=b},disk-disk.used{host=a}", row.AlertIds);
    }

    [Fact]
    public void Rows_OneAlert_SaysSeriesFigureAndBorderInItsUnit()
    {
        var row = Assert.Single(AlertStripView.Of([SampleAlerts.Firing("hot", "disk.used_percent{mount=/}")], s_none).Rows);

        Assert.Equal("disk.used_percent{mount=/}", row.Series);
        Assert.Equal(("91.3 %", "above 80 %"), (row.Figure, row.Why));
    }

    [Fact]
    public void Rows_DismissedAcknowledgedOrSilenced_AreLeftOutButOnlySilenceEndsTheCount()
    {
        var view = AlertStripView.Of(
            [
                SampleAlerts.Firing("a", "x"), SampleAlerts.Firing("b", "x") with { IsAcknowledged = true }, SampleAlerts.Firing("c", "x") with { IsSilenced = true },
                SampleAlerts.Firing("d", "x") with { State = AlertState.Pending },
            ],
            new HashSet<string> { "episode-a-x" });

        Assert.Empty(view.Rows);
        Assert.Equal(2, view.Open);
    }

    [Fact]
    public void View_SameAlertsAgain_IsEqualSoNothingIsRendered() =>
        Assert.Equal(AlertStripView.Of([SampleAlerts.Firing("a", "x")], s_none), AlertStripView.Of([SampleAlerts.Firing("a", "x")], s_none));

    [Fact]
    public void Rows_Recovering_SayWhereTheyClear()
    {
        var alert = SampleAlerts.Firing("hot", "disk.used_percent{mount=/}") with { State = AlertState.Recovering };

        var row = Assert.Single(AlertStripView.Of([alert], s_none).Rows);

        Assert.True(row.IsRecovering);
        Assert.Equal("clears at 80 %", row.Why);
    }

    [Fact]
    public void Rows_MoreThanTheDrawerLists_AreCounted()
    {
        var view = AlertStripView.Of([.. Enumerable.Range(0, AlertStripView.MaxRows + 7).Select(static i => SampleAlerts.Firing($"r{i}", "x"))], s_none);

        Assert.Equal((AlertStripView.MaxRows, 7), (view.Rows.Count, view.More));
    }

    [Fact]
    public void Quiet_WithRules_SaysHowManyWatchHowMuch()
    {
        Assert.Equal("14 rules watch 68 series", AlertStripView.Of([], s_none, 14, 68).Quiet);
        Assert.Equal("1 rule watches 1 series", AlertStripView.Of([], s_none, 1, 1).Quiet);
        Assert.Equal("no rule watches yet", AlertStripView.Of([], s_none).Quiet);
    }
}
