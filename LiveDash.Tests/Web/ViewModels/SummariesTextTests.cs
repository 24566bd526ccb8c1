using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class SummariesTextTests
{
    [Fact]
    public void Of_AnotherZone_IsByItsClock()
    {
        var summaries = new StoredSummaries(TimeSpan.FromHours(1), new DateTime(2026, 1, 1, 23, 30, 0, DateTimeKind.Utc).Ticks);
        var zone = new ViewZone();
        Assert.Equal("Points up to 2026-01-01 23:30 kept as summaries of 1h", SummariesText.Of(summaries, zone));

        Assert.True(zone.TryChoose("Europe/Berlin"));

        Assert.Equal("Points up to 2026-01-02 00:30 kept as summaries of 1h", SummariesText.Of(summaries, zone));
    }
}
