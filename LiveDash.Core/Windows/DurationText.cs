using System.Globalization;

namespace LiveDash.Core.Windows;

/// <summary>
/// Durations as people write them: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>1.5h</c>, <c>7d</c>, <c>2w</c>, <c>1y</c>, which is 365 days as Prometheus has it.
/// Stateless, so safe on any thread.
/// </summary>
public static class DurationText
{
    /// <summary>What a duration is, for messages: "'for' is ...".</summary>
    public const string Rule = "a duration of at most 3,660 days, such as '30s', '5m', '1h30m', '2w' or '1y'";

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("y", 365 * TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay), ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration above zero and at most 3,660 days; false where the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.Trim();
        if (rest.IsEmpty) return false;
        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits is <= 0 or > 15) return false;
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyExcept("mswdhyMSWDHY");
            var unit = letters < 0 ? rest : rest[..letters];
            if (!TryUnit(unit, out var unitTicks)) return false;
            ticks += number * unitTicks;
            if (ticks > 3660m * TimeSpan.TicksPerDay) return false;
            rest = letters < 0 ? default : rest[letters..].TrimStart();
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return duration > TimeSpan.Zero;
    }

    /// <summary>The canonical text: a whole number of the largest unit that fits, as in <c>90s</c> or <c>5m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, ticks) in Units)
        {
            if (unit is not ("y" or "w") && duration.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / TimeSpan.TicksPerMillisecond}ms");
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out long ticks)
    {
        foreach (var (unit, unitTicks) in Units)
        {
            if (!text.Equals(unit, StringComparison.OrdinalIgnoreCase)) continue;
            ticks = unitTicks;
            return true;
        }

        ticks = 0;
        return false;
    }
}
