using LiveDash.Core.Alerts;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class SilenceTargetsTests
{
    private static readonly List<Alert> s_alerts = [.. Enumerable.Range(0, 1_000).Select(i => SampleAlerts.Firing("disk", $"disk.used{{n={i}}}")), SampleAlerts.Firing("hot", "cpu.load")];

    [Fact]
    public void All_OfARuleWithMany_IsOneSilence()
    {
        var targets = SilenceTargets.Of([.. s_alerts.Select(AlertListItem.Of)], s_alerts);

        Assert.Equal([("disk", null), ("hot", "cpu.load")], targets);
    }

    [Fact]
    public void Some_OfARule_AreEachByItself() => Assert.Equal(999, SilenceTargets.Of([.. s_alerts.Take(999).Select(AlertListItem.Of)], s_alerts).Count(static t => t.Series is not null));

    [Fact]
    public void Few_OfARule_StayEachByItself()
    {
        var few = s_alerts.Take(3).ToList();

        Assert.Equal(3, SilenceTargets.Of([.. few.Select(AlertListItem.Of)], few).Count);
    }
}
