using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs;

/// <summary>Turns the start and end of a request into a range of time. Pure.</summary>
public static class JobRange
{
    /// <summary>Reads both; an end that names a year, a month or a day includes it whole.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="nowTicks">What <c>now</c> is, in UTC ticks.</param>
    /// <param name="range">The range where nothing is at fault.</param>
    /// <returns>What is at fault, or nothing.</returns>
    public static IReadOnlyList<FieldFault> Read(string start, string end, long nowTicks, out TimeRange range)
    {
        range = default;
        var faults = new List<FieldFault>();
        if (!TimeText.TryParse(start, nowTicks, out var from)) faults.Add(Unreadable("start", start));
        if (!TimeText.TryParse(end, nowTicks, out var to)) faults.Add(Unreadable("end", end));
        if (faults.Count > 0) return faults;
        var last = EndOf(end.Trim(), to);
        if (last <= from)
        {
            return [new("end", $"The range is reversed or empty: it ends ({TimeText.Format(to)}) before it begins ({TimeText.Format(from)}).")];
        }

        range = new TimeRange(from, last);
        return [];
    }

    private static FieldFault Unreadable(string field, string text) =>
        new(field, $"'{text}' is not a time. Give a year (2001), a date (2001-05-30), a date-time (2001-05-30T12:00:00Z), epoch milliseconds, or a time such as now-1h.");

    private static long EndOf(string text, long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        if (text.AsSpan().ContainsAnyExcept("0123456789-")) return ticks;
        var dashes = text.AsSpan().Count('-');
        if (text.StartsWith('-')) return ticks;
        var calendarEnd = DateTime.MaxValue.Ticks;
        return (text.Length, dashes) switch
        {
            (4, 0) => time.Year == 9999 ? calendarEnd : time.AddYears(1).Ticks,
            ( <= 7, 1) => time is { Year: 9999, Month: 12 } ? calendarEnd : time.AddMonths(1).Ticks,
            ( <= 10, 2) => ticks > calendarEnd - TimeSpan.TicksPerDay ? calendarEnd : time.AddDays(1).Ticks,
            _ => ticks,
        };
    }
}
