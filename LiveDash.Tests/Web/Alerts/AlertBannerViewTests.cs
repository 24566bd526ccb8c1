using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class AlertBannerViewTests
{
    private static readonly HashSet<string> s_none = [];

    [Fact]
    public void Rows_SeveralSeverities_AreWorstThenNewestFirst()
    {
        var view = AlertBannerView.Of(
            [
                SampleAlerts.Firing("old-warning", "a", Severity.Warning, 1), SampleAlerts.Firing("new-warning", "b", Severity.Warning, 9),
                SampleAlerts.Firing("critical", "c", Severity.Critical, 2), SampleAlerts.Firing("info", "d", Severity.Info, 30),
            ],
            s_none);

        Assert.Equal(["critical", "new-warning", "old-warning"], view.Rows.Select(static r => r.RuleName));
        Assert.Equal((1, 4), (view.More, view.Open));
    }

    [Fact]
    public void Rows_OneRuleOnManySeries_IsOneLineWithTheirNumber()
    {
        var view = AlertBannerView.Of([SampleAlerts.Firing("disk", "disk.used{host=a}"), SampleAlerts.Firing("disk", "disk.used{host=b}", firedAt: 5)], s_none);

        var row = Assert.Single(view.Rows);
        Assert.Equal((2, null, ""), (row.Count, row.Series, row.Figure));
        Assert.Equal(5 * TimeSpan.TicksPerSecond, row.FiredAt);
        Assert.Equal("disk-disk.used{host=b},disk-disk.used{host=a}", row.AlertIds);
    }

    [Fact]
    public void Rows_OneAlert_SaysSeriesFigureAndBorderInItsUnit()
    {
        var row = Assert.Single(AlertBannerView.Of([SampleAlerts.Firing("hot", "disk.used_percent{mount=/}")], s_none).Rows);

        Assert.Equal("disk.used_percent{mount=/}", row.Series);
        Assert.Equal("91.3 % (> 80 %)", row.Figure);
    }

    [Fact]
    public void Rows_DismissedAcknowledgedOrSilenced_AreLeftOutButOnlySilenceEndsTheCount()
    {
        var view = AlertBannerView.Of(
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
        Assert.Equal(AlertBannerView.Of([SampleAlerts.Firing("a", "x")], s_none), AlertBannerView.Of([SampleAlerts.Firing("a", "x")], s_none));
}
