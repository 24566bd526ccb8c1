using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>
/// When something is due: five cron fields (minute, hour, day of month, month, day of week) with ranges, steps, lists and names, or a word:
/// <c>hourly</c> (at :05), <c>hourly :20</c>, <c>daily</c> (at 00:05), <c>daily 06:30</c>, <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>.
/// As in Vixie cron a day must match one of its two fields where both are restricted, and both where one begins with <c>*</c>.
/// Times are those of a zone: a time that its clock skips is due right after the gap, one that occurs twice is due the first time only. Immutable.
/// </summary>
public sealed class CronSchedule
{
    private const int MostDays = 366 * 9;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField _weekday;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(CronField minute, CronField hour, CronField day, CronField month, CronField weekday, TimeZoneInfo zone) =>
        (_minute, _hour, _day, _month, _weekday, _zone) = (minute, hour, day, month, weekday, zone);

    /// <summary>Reads the text of a schedule.</summary>
    /// <param name="text">Cron text or one of the words.</param>
    /// <param name="zone">Whose clock it means.</param>
    /// <param name="schedule">The schedule where it can be read and ever comes due.</param>
    /// <param name="error">What is wrong, else null.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? error)
    {
        schedule = null;
        error = null;
        var fields = Spell(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            error = $"'{text}' is not a schedule. Give hourly, daily 06:30, or five cron fields such as 5 * * * * (minute, hour, day of month, month, day of week).";
        }
        else if (!CronField.TryParse(fields[0], 0, 59, [], out var minute)) error = Wrong("minute", fields[0], "0 to 59");
        else if (!CronField.TryParse(fields[1], 0, 23, [], out var hour)) error = Wrong("hour", fields[1], "0 to 23");
        else if (!CronField.TryParse(fields[2], 1, 31, [], out var day)) error = Wrong("day of month", fields[2], "1 to 31");
        else if (!CronField.TryParse(fields[3], 1, 12, Months, out var month)) error = Wrong("month", fields[3], "1 to 12 or jan to dec");
        else if (!CronField.TryParse(fields[4], 0, 7, Days, out var weekday)) error = Wrong("day of week", fields[4], "0 to 7 or sun to sat");
        else
        {
            // 7 is Sunday too.
            if (weekday.Has(7)) weekday = weekday with { Bits = (weekday.Bits & 0x7f) | 1 };
            schedule = new CronSchedule(minute, hour, day, month, weekday, zone);
            if (schedule.FindOnClock(new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)) is null)
            {
                schedule = null;
                error = $"'{text}' never comes: there is no such day.";
            }
        }

        return schedule is not null;
    }

    /// <summary>The first moment after another one at which it is due, both in UTC ticks; null past the end of the calendar.</summary>
    public long? Next(long afterTicks)
    {
        var after = new DateTime(afterTicks, DateTimeKind.Utc);
        var local = DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(after, _zone), DateTimeKind.Unspecified);
        // Clocks that were set back show times again that are not due again, so the search may begin a little before.
        if (_zone.IsAmbiguousTime(local)) local = local.AddHours(-3);
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (FindOnClock(local) is { } found)
        {
            if (ToUtc(found) is var utc && utc > afterTicks) return utc;
            local = found.AddMinutes(1);
        }

        return null;
    }

    private static string Wrong(string field, string text, string legal) => $"The {field} '{text}' is not of {legal}, with ranges (1-5), steps (*/10) and lists (1,15).";

    private static string Spell(string text)
    {
        var words = text.Trim().ToLowerInvariant();
        switch (words)
        {
            case "hourly": return "5 * * * *";
            case "daily": return "5 0 * * *";
            case "@hourly": return "0 * * * *";
            case "@daily" or "@midnight": return "0 0 * * *";
            case "@weekly": return "0 0 * * 0";
            case "@monthly": return "0 0 1 * *";
            case "@yearly" or "@annually": return "0 0 1 1 *";
        }

        if (words.StartsWith("hourly :", StringComparison.Ordinal)) return $"{words[8..]} * * * *";
        if (words.StartsWith("daily ", StringComparison.Ordinal)
            && TimeOnly.TryParseExact(words[6..].Trim(), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return $"{time.Minute} {time.Hour} * * *";
        }

        return words;
    }

    private DateTime? FindOnClock(DateTime from)
    {
        var day = from.Date;
        for (var tried = 0; tried < MostDays; tried++)
        {
            if (!_month.Has(day.Month)) day = day.AddDays(DateTime.DaysInMonth(day.Year, day.Month) - day.Day);
            else if (HasDay(day) && TimeOf(day == from.Date ? from.TimeOfDay : default) is { } time) return day + time;
            if (day.Date >= DateTime.MaxValue.Date) return null;
            day = day.AddDays(1);
        }

        return null;
    }

    private bool HasDay(DateTime day) =>
        _day.Starred || _weekday.Starred
            ? _day.Has(day.Day) && _weekday.Has((int)day.DayOfWeek)
            : _day.Has(day.Day) || _weekday.Has((int)day.DayOfWeek);

    private TimeSpan? TimeOf(TimeSpan from)
    {
        var hour = _hour.AtLeast(from.Hours);
        if (hour < 0) return null;
        var minute = hour == from.Hours ? _minute.AtLeast(from.Minutes) : _minute.AtLeast(0);
        if (minute < 0)
        {
            hour = _hour.AtLeast(hour + 1);
            minute = _minute.AtLeast(0);
        }

        return hour < 0 ? null : new TimeSpan(hour, minute, 0);
    }

    private long ToUtc(DateTime local)
    {
        while (_zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return local.Ticks - offset.Ticks;
    }
}
