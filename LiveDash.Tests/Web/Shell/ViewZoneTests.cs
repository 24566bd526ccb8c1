using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Shell;

public sealed class ViewZoneTests
{
    private static readonly long s_noon = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Zone_BeforeTheBrowserTold_IsUtc()
    {
        var zone = new ViewZone();

        Assert.Equal(ViewZone.OfBrowser, zone.Choice);
        Assert.Equal("2026-07-01 12:00:00", zone.Text(s_noon));
    }

    [Fact]
    public void TellBrowser_WhileItIsFollowed_MovesEveryTime()
    {
        var zone = new ViewZone();
        var told = 0;
        zone.Changed += () => told++;

        zone.TellBrowser("Europe/Berlin");
        zone.TellBrowser("Europe/Berlin");

        Assert.Equal(1, told);
        Assert.Equal("14:00:00", zone.TimeText(s_noon));
        Assert.Equal("Berlin", zone.Label);
    }

    [Fact]
    public void TryChoose_NamedZone_OverridesTheBrowsersAndUnknownChangesNothing()
    {
        var zone = new ViewZone();
        zone.TellBrowser("Europe/Berlin");

        Assert.True(zone.TryChoose("America/New_York"));
        Assert.False(zone.TryChoose("Mars/Olympus"));

        Assert.Equal("New York", zone.Label);
        Assert.Equal("08:00:00", zone.TimeText(s_noon));
        Assert.True(zone.TryChoose(ViewZone.OfBrowser));
        Assert.Equal("14:00:00", zone.TimeText(s_noon));
    }

    [Theory]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")] // twice: the first
    [InlineData("2026-03-29 02:30", "2026-03-29T01:00:00Z")] // left out: the moment the clocks change
    [InlineData("2026-07-01 14:00", "2026-07-01T12:00:00Z")]
    public void FromLocal_AroundTheClockChange_IsAMoment(string local, string utc)
    {
        var zone = new ViewZone();
        Assert.True(zone.TryChoose("Europe/Berlin"));

        var moment = zone.FromLocal(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), moment);
    }

    [Fact]
    public void RangeText_OfTodayAndOfAnotherDay_SaysTheDayOnceWhereItMatters()
    {
        var zone = new ViewZone();
        var minute = TimeSpan.TicksPerMinute;

        Assert.Equal("11:45 to 12:00", zone.RangeText(s_noon - (15 * minute), s_noon, s_noon));
        Assert.Equal("2026-06-30 11:45 to 12:00", zone.RangeText(s_noon - (1455 * minute), s_noon - (1440 * minute), s_noon));
        Assert.Equal("2026-06-30 12:00 to 2026-07-01 12:00", zone.RangeText(s_noon - (1440 * minute), s_noon, s_noon));
    }
}
