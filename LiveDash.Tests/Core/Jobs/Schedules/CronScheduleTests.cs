using System.Globalization;
using LiveDash.Core.Jobs.Schedules;

namespace LiveDash.Tests.Core.Jobs.Schedules;

/// <summary>Cron text: what it means, minute by minute, and what is refused.</summary>
public class CronScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("5 * * * *", "2026-11-21T10:04:59Z", "2026-11-21T10:05:00Z")]
    [InlineData("5 * * * *", "2026-11-21T10:05:00Z", "2026-11-21T11:05:00Z")]
    [InlineData("hourly", "2026-11-21T10:05:00Z", "2026-11-21T11:05:00Z")]
    [InlineData("hourly :20", "2026-11-21T10:05:00Z", "2026-11-21T10:20:00Z")]
    [InlineData("daily", "2026-11-21T10:05:00Z", "2026-11-22T00:05:00Z")]
    [InlineData("daily 6:30", "2026-12-31T10:05:00Z", "2027-01-01T06:30:00Z")]
    [InlineData("@weekly", "2026-11-21T10:05:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("*/15 9-17 * * mon-fri", "2026-11-20T17:45:00Z", "2026-11-23T09:00:00Z")]
    [InlineData("0 0 29 feb *", "2026-11-21T10:05:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 12 13 * 5", "2026-11-21T00:00:00Z", "2026-11-27T12:00:00Z")]
    [InlineData("0 12 * * 7", "2026-11-21T00:00:00Z", "2026-11-22T12:00:00Z")]
    [InlineData("5/20 3 * * *", "2026-11-21T03:05:00Z", "2026-11-21T03:25:00Z")]
    [InlineData("0,30 1,2 1 JAN,jul *", "2026-11-21T03:05:00Z", "2027-01-01T01:00:00Z")]
    public void Next_Utc_IsTheFirstAfter(string text, string after, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out var error), error);
        Assert.Equal(Ticks(expected), schedule.Next(Ticks(after)));
    }

    [Theory]
    [InlineData("", "five cron fields")]
    [InlineData("* * * *", "five cron fields")]
    [InlineData("* * * * * *", "five cron fields")]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * 8", "day of week")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("-5 * * * *", "minute")]
    [InlineData("1,,2 * * * *", "minute")]
    [InlineData("1- * * * *", "minute")]
    [InlineData("+1 * * * *", "minute")]
    [InlineData("* * * juli *", "month")]
    [InlineData("0 0 31 2 *", "never comes")]
    [InlineData("daily 25:00", "five cron fields")]
    [InlineData("hourly :75", "minute")]
    public void TryParse_Wrong_SaysWhat(string text, string said)
    {
        Assert.False(CronSchedule.TryParse(text, TimeZoneInfo.Utc, out _, out var error));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_RandomText_EqualsEveryMinuteTried()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            int[] minutes = Some(random, 0, 59, 4), hours = Some(random, 0, 23, 5), days = Some(random, 1, 31, 10), months = Some(random, 1, 12, 6), weekdays = Some(random, 0, 6, 3);
            bool anyDay = random.Next(2) == 0, anyWeekday = random.Next(2) == 0;
            var text = $"{List(minutes)} {List(hours)} {(anyDay ? "*" : List(days))} {List(months)} {(anyWeekday ? "*" : List(weekdays))}";
            var after = new DateTime(2026, 1, 1).AddMinutes(random.Next(1_000_000)).AddSeconds(random.Next(60));
            if (!CronSchedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out _)) continue;

            var found = schedule.Next(after.Ticks)!.Value;

            for (var minute = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1); minute.Ticks <= found; minute = minute.AddMinutes(1))
            {
                var inDay = days.Contains(minute.Day);
                var inWeekday = weekdays.Contains((int)minute.DayOfWeek);
                var dayMatches = anyDay && anyWeekday || (anyDay ? inWeekday : anyWeekday ? inDay : inDay || inWeekday);
                var matches = dayMatches && minutes.Contains(minute.Minute) && hours.Contains(minute.Hour) && months.Contains(minute.Month);
                Assert.True(matches == (minute.Ticks == found), $"'{text}' after {after:O}: {new DateTime(found):O}, yet {minute:O}");
            }
        }
    }

    [Theory]
    [InlineData("30 6 * * *", "2026-07-01T00:00:00Z", "2026-07-01T04:30:00Z")]
    [InlineData("30 6 * * *", "2026-12-01T00:00:00Z", "2026-12-01T05:30:00Z")]
    // The clock goes from 02:00 to 03:00 on 29 March: 02:30 is due right after the gap, and the day after as usual.
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    // The clock goes from 03:00 to 02:00 on 25 October: 02:30 is due the first time only.
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T01:45:00Z", "2026-10-26T01:30:00Z")]
    public void Next_ZoneThatShifts_OnceADay(string text, string after, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, Berlin, out var schedule, out _));
        Assert.Equal(Ticks(expected), schedule.Next(Ticks(after)));
    }

    [Theory]
    [InlineData("*/20 * * * *", "2026-10-24T23:40:00Z", 20)]
    [InlineData("5 * * * *", "2026-10-24T23:05:00Z", 60)]
    [InlineData("0,30 * * * *", "2026-10-24T23:30:00Z", 30)]
    [InlineData("hourly", "2026-10-24T23:05:00Z", 60)]
    [InlineData("*/15 1-4 * * *", "2026-10-24T23:30:00Z", 15)]
    [InlineData("10 * 25 10 *", "2026-10-24T23:10:00Z", 60)]
    public void Next_ClockSetBack_GoesOnThroughTheRepeatedHour(string text, string first, int minutes)
    {
        Assert.True(CronSchedule.TryParse(text, Berlin, out var schedule, out _));
        var at = Ticks(first);

        // From 01:xx of the summer time to 03:xx of the winter time: three hours by the clock on the wall, four in truth.
        while (at < Ticks("2026-10-25T02:30:00Z"))
        {
            Assert.Equal(at + (minutes * TimeSpan.TicksPerMinute), schedule.Next(at));
            at += minutes * TimeSpan.TicksPerMinute;
        }
    }

    [Theory]
    [InlineData("0 12 13 * 5", "2026-11-09T00:00:00Z", "2026-11-13T12:00:00Z")]
    [InlineData("0 12 14 * 5", "2026-11-13T13:00:00Z", "2026-11-14T12:00:00Z")]
    [InlineData("0 12 */2 * 5", "2026-11-01T00:00:00Z", "2026-11-13T12:00:00Z")]
    public void Next_BothDaysGiven_OneIsEnoughUnlessOneIsOpen(string text, string after, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out _));
        Assert.Equal(Ticks(expected), schedule.Next(Ticks(after)));
    }

    private static int[] Some(Random random, int least, int most, int count) =>
        [.. Enumerable.Range(0, random.Next(1, count + 1)).Select(_ => random.Next(least, most + 1)).Distinct()];

    private static string List(int[] numbers) => string.Join(',', numbers);

    private static long Ticks(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks;
}
