using LiveDash.Core.Alerts;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Rules;
using LiveDash.Tests.Script;

namespace LiveDash.Tests.Regressions;

/// <summary>The nights on which clocks are set, where they change by an hour at two and where they stand half an hour from everybody else: schedules, silences and axes.</summary>
public sealed class ClockChangeTests
{
    // The zone, the moment its clock is set, and whether an hour is skipped (or else repeated).
    public static TheoryData<string, string, bool> Nights => new()
    {
        { "Europe/Berlin", "2026-03-29T01:00:00Z", true }, { "Europe/Berlin", "2026-10-25T01:00:00Z", false },
        { "America/St_Johns", "2026-03-08T05:30:00Z", true }, { "America/St_Johns", "2026-11-01T04:30:00Z", false },
    };

    [Theory]
    [MemberData(nameof(Nights))]
    public void Schedule_EveryHalfHour_IsDueEachHalfHourOfTime(string zone, string moment, bool skips)
    {
        _ = skips;
        var at = Ticks(moment) - (6 * TimeSpan.TicksPerHour);
        var schedule = Read("0,30 * * * *", zone);
        for (var i = 0; i < 24; i++)
        {
            var next = schedule.Next(at)!.Value;
            Assert.Equal(at + (30 * TimeSpan.TicksPerMinute), next);
            at = next;
        }
    }

    [Theory]
    [MemberData(nameof(Nights))]
    public void Schedule_AtATimeOfThatHour_IsDueOnceThatNight(string zone, string moment, bool skips)
    {
        // 02:30 is skipped in one night; 01:30 in St. John's and 02:30 in Berlin come twice in the other.
        var change = Ticks(moment);
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var hour = skips || zone == "Europe/Berlin" ? 2 : 1;
        var schedule = Read($"30 {hour} * * *", zone);
        var due = new List<long>();
        for (var at = change - (36 * TimeSpan.TicksPerHour); schedule.Next(at) is { } next && next < change + (36 * TimeSpan.TicksPerHour); at = next) due.Add(next);
        Assert.Equal(3, due.Count);
        Assert.Equal(due.Count, due.Select(at => TimeZoneInfo.ConvertTimeFromUtc(new DateTime(at, DateTimeKind.Utc), info).Date).Distinct().Count());
        // Right after the gap, or at the first of the two.
        Assert.Equal(skips ? change : change - (30 * TimeSpan.TicksPerMinute), due[1]);
    }

    [Theory]
    [MemberData(nameof(Nights))]
    public void Ticks_AnySpanOverThatNight_AreDistinctInOrderAndTellTheTimeOnTheWall(string zone, string moment, bool skips)
    {
        var change = Ticks(moment);
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var seenTwice = 0;
        foreach (var minutes in (int[])[30, 90, 120, 180, 300, 480, 720, 1_440, 2_880])
        {
            foreach (var share in (double[])[0.2, 0.5, 0.8])
            {
                var from = change - (long)(minutes * share * TimeSpan.TicksPerMinute) + 12_345;
                var range = new TimeRange(from, from + (minutes * TimeSpan.TicksPerMinute));
                var ticks = new TimeAxis(range, info).Ticks(900, 60, static text => text.Length * 7);
                Assert.NotEmpty(ticks);
                // Over more than a day noon comes twice anyway.
                if (minutes <= 720) Assert.Equal(ticks.Count, ticks.Select(static tick => tick.Label).Distinct().Count());
                for (var i = 1; i < ticks.Count; i++) Assert.True(ticks[i].Share > ticks[i - 1].Share, $"{zone} {minutes} min: {string.Join(", ", ticks)}");
                foreach (var tick in ticks.Where(static tick => tick.Label.Contains(':', StringComparison.Ordinal)))
                {
                    var at = new DateTime(range.From + (long)Math.Round(tick.Share * (range.To - range.From)), DateTimeKind.Utc);
                    Assert.StartsWith($"{TimeZoneInfo.ConvertTimeFromUtc(at, info):HH:mm}", tick.Label, StringComparison.Ordinal);
                    if (tick.Label.Contains(' ', StringComparison.Ordinal)) seenTwice++;
                }
            }
        }

        Assert.Equal(skips, seenTwice == 0);
        // From shortly before the change on, both sides of it have their ticks.
        var over = new TimeAxis(new TimeRange(change - (20 * TimeSpan.TicksPerMinute), change + (60 * TimeSpan.TicksPerMinute)), info).Ticks(900, 60, static text => text.Length * 7);
        for (var i = 1; i < over.Count; i++) Assert.InRange(over[i].Share - over[i - 1].Share, 0.01, 0.2);
    }

    [Theory]
    [MemberData(nameof(Nights))]
    public void Silence_OverThatNight_LastsForAsLongAsWasAskedFor(string zone, string moment, bool skips)
    {
        _ = (zone, skips);
        // A silence is a stretch of time and no stretch of a clock: two hours are two hours.
        var start = Ticks(moment) - TimeSpan.TicksPerHour;
        var silence = new Silence { Id = "s", Rule = "hot", StartsAt = start, EndsAt = start + (2 * TimeSpan.TicksPerHour) };
        var covered = Enumerable.Range(0, 300).Count(minute => silence.Covers("hot", "hot", new Dictionary<string, string>(), new SeriesKey("a", []), Severity.Critical, start + ((minute - 60) * TimeSpan.TicksPerMinute)));
        Assert.Equal(120, covered);
    }

    [NodeFact]
    public Task ChartAxis_ThoseNights_HasDistinctRoundTimes() => NodeScripts.RunAsync("clock-change.test.mjs");

    private static CronSchedule Read(string text, string zone)
    {
        Assert.True(CronSchedule.TryParse(text, TimeZoneInfo.FindSystemTimeZoneById(zone), out var schedule, out var error), error);
        return schedule;
    }

    private static long Ticks(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcTicks;
}
