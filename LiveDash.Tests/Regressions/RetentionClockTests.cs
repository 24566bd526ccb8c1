using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Core.Storage;

namespace LiveDash.Tests.Regressions;

/// <summary>Deleting by age never trusts a clock that jumped: one that was a month ahead deleted everything.</summary>
public sealed class RetentionClockTests
{
    private const long Hour = TimeSpan.TicksPerHour;
    private const long Day = TimeSpan.TicksPerDay;
    private static readonly long s_now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    [Fact]
    public void Step_ClockGoesOn_AgesFromTheNewestArrival()
    {
        var clock = new RetentionClock(new(s_now - Hour, s_now, 0), hasPoints: true);
        Assert.Equal(s_now - Hour, clock.Step(s_now, 0, 0));
        Assert.Equal(s_now + 60, clock.Step(s_now + 60, 60, s_now + 70));
    }

    [Theory]
    [InlineData(30 * Day)]
    [InlineData(-30 * Day)]
    [InlineData(Hour + 1)]
    public void Step_ClockJumps_WaitsADay(long jump)
    {
        var clock = new RetentionClock(new(s_now, s_now, 0), hasPoints: true);
        clock.Step(s_now, 0, s_now);
        Assert.Null(clock.Step(s_now + jump + 10, 10, s_now + jump));
        Assert.Contains("the clock went", clock.Reason, StringComparison.Ordinal);
        Assert.Null(clock.Step(s_now + jump + Day - 10, Day - 10, s_now + jump + Day - 10));
        Assert.NotNull(clock.Step(s_now + jump + Day + 20, Day + 20, s_now + jump + Day + 20));
    }

    [Fact]
    public void Step_ClockIsSlewedByMinutes_GoesOn()
    {
        var clock = new RetentionClock(new(s_now, s_now, 0), hasPoints: true);
        clock.Step(s_now, 0, s_now);
        Assert.NotNull(clock.Step(s_now + (Hour / 2), 10, s_now));
    }

    [Fact]
    public void Step_StartedWithAClockAMonthAhead_WaitsADayAlsoOverRestarts()
    {
        var clock = new RetentionClock(new(s_now, s_now, 0), hasPoints: true);
        Assert.Null(clock.Step(s_now + (30 * Day), 0, 0));
        Assert.Null(clock.Step(s_now + (30 * Day) + (20 * Hour), 20 * Hour, 0));
        var next = new RetentionClock(clock.Memory, hasPoints: true);
        Assert.Null(next.Step(s_now + (33 * Day), 0, 0));
        Assert.NotNull(next.Step(s_now + (33 * Day) + (5 * Hour), 5 * Hour, 0));
    }

    [Fact]
    public void Step_NothingKeptOfAStoreWithPoints_WaitsADay()
    {
        var clock = new RetentionClock(null, hasPoints: true);
        Assert.Null(clock.Step(s_now, 0, s_now));
        Assert.NotNull(new RetentionClock(null, hasPoints: false).Step(s_now, 0, s_now));
    }

    [Fact]
    public async Task StepAsync_ClockAMonthAhead_DeletesNothingAndSaysSo()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var store = await TempStore.OpenAsync(static options => options.RetentionDays = 7);
        await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(store.Series("a"), start.UtcTicks - k, k)));
        await store.SealAsync();
        await store.StepAsync(start);
        await store.StepAsync(start.AddDays(30));

        Assert.Equal(100, (await store.ScanAsync(0)).Count);
        Assert.Contains("Nothing is deleted by age", store.Points.Status.Message, StringComparison.Ordinal);

        // The same in a process that never saw the right time.
        await store.ReopenAsync();
        await store.StepAsync(start.AddDays(30));
        Assert.Equal(100, (await store.ScanAsync(0)).Count);
        Assert.Contains("Nothing is deleted by age", store.Points.Status.Message, StringComparison.Ordinal);
    }
}
