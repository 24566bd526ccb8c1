using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>When an alert changes so often that it is no news.</summary>
public sealed class FlapGaugeTests
{
    private static readonly long Start = TimeSpan.FromDays(1).Ticks;

    [Fact]
    public void Change_SixthWithinTenMinutes_FlapsFromThatOneOn()
    {
        var gauge = new FlapGauge();
        Assert.Equal([false, false, false, false, false, true, false], Enumerable.Range(0, 7).Select(i => gauge.Change(At(2 * i))));
        Assert.True(gauge.IsFlapping(At(12)));
    }

    [Fact]
    public void Change_SixthBeyondTenMinutes_DoesNotFlap()
    {
        var gauge = new FlapGauge();
        for (var i = 0; i < 20; i++) Assert.False(gauge.Change(At(2.1 * i)));
        Assert.False(gauge.IsFlapping(At(40)));
    }

    [Fact]
    public void Flapping_CalmForTenMinutes_IsOver()
    {
        var gauge = Flapping();
        Assert.True(gauge.IsFlapping(At(5 + 9.9)));
        Assert.False(gauge.IsFlapping(At(5 + 10)));
        Assert.True(gauge.IsOver(At(5 + 10)));
        Assert.False(gauge.Change(At(16)));
        Assert.False(gauge.IsFlapping(At(16)));
    }

    [Fact]
    public void Flapping_ClockSetBackAnHour_IsOverAtOnce()
    {
        var gauge = Flapping();
        Assert.False(gauge.IsFlapping(At(-55)));
        Assert.True(gauge.IsOver(At(-55)));
        Assert.False(gauge.Change(At(-55)));
        Assert.Single(gauge.Kept.At);
    }

    [Fact]
    public void Kept_TakenOver_GoesOn()
    {
        var gauge = new FlapGauge(Flapping().Kept);
        Assert.True(gauge.IsFlapping(At(6)));
        Assert.False(gauge.Change(At(6)));
        Assert.Equal(FlapGauge.Changes, gauge.Kept.At.Count);
    }

    private static FlapGauge Flapping()
    {
        var gauge = new FlapGauge();
        for (var i = 0; i < 6; i++) gauge.Change(At(i));
        return gauge;
    }

    private static long At(double minutes) => Start + (long)(minutes * TimeSpan.TicksPerMinute);
}
