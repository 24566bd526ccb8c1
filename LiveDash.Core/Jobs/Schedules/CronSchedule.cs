using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cronos;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>
/// When something is due: five cron fields (minute, hour, day of month, month, day of week) with ranges, steps, lists and names, or a word:
/// <c>hourly</c> (at :05), <c>hourly :20</c>, <c>daily</c> (at 00:05), <c>daily 06:30</c>, <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>.
/// As in Vixie cron a day must match one of its two fields where both are restricted, and both where one begins with <c>*</c>.
/// Times are those of a zone: a time that its clock skips is due right after the gap; where the clock is set back, what comes every so often
/// (<c>*/20 * * * *</c>, <c>5 * * * *</c>) goes on through the repeated hour, and a fixed time is due the first time only. Immutable.
/// </summary>
public sealed class CronSchedule
{
    private static readonly (string Name, string Legal)[] s_fields =
    [
        ("minute", "0 to 59"), ("hour", "0 to 23"), ("day of month", "1 to 31"), ("month", "1 to 12 or jan to dec"), ("day of week", "0 to 7 or sun to sat"),
    ];

    // Two where both day fields are restricted: Cronos wants both to match, cron one of them, so each is asked and the earlier counts.
    private readonly CronExpression[] _either;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(CronExpression[] either, TimeZoneInfo zone) => (_either, _zone) = (either, zone);

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
        if (fields.Length != s_fields.Length)
        {
            error = $"'{text}' is not a schedule. Give hourly, daily 06:30, or five cron fields such as 5 * * * * (minute, hour, day of month, month, day of week).";
            return false;
        }

        for (var i = 0; i < fields.Length && error is null; i++)
        {
            if (!IsField(fields[i], i)) error = $"The {s_fields[i].Name} '{fields[i]}' is not of {s_fields[i].Legal}, with ranges (1-5), steps (*/10) and lists (1,15).";
        }

        if (error is not null) return false;
        var found = new CronSchedule(Parse(fields), zone);
        if (found.Next(new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks) is null)
        {
            error = $"'{text}' never comes: there is no such day.";
            return false;
        }

        schedule = found;
        return true;
    }

    /// <summary>The first moment after another one at which it is due, both in UTC ticks; null past the end of the calendar.</summary>
    public long? Next(long afterTicks)
    {
        long? first = null;
        foreach (var expression in _either)
        {
            var next = expression.GetNextOccurrence(new DateTimeOffset(afterTicks, TimeSpan.Zero), _zone)?.UtcTicks;
            if (next is { } found && (first is null || found < first)) first = found;
        }

        return first;
    }

    private static CronExpression[] Parse(string[] fields)
    {
        if (IsOpen(fields[2]) || IsOpen(fields[4])) return [CronExpression.Parse(string.Join(' ', fields))];
        return [CronExpression.Parse($"{fields[0]} {fields[1]} {fields[2]} {fields[3]} *"), CronExpression.Parse($"{fields[0]} {fields[1]} * {fields[3]} {fields[4]}")];
    }

    private static bool IsOpen(string field) => field[0] is '*' or '?';

    private static bool IsField(string field, int place)
    {
        string[] all = ["*", "*", "*", "*", "*"];
        all[place] = field;
        return CronExpression.TryParse(string.Join(' ', all), out _);
    }

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
}
