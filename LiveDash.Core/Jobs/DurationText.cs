using System.Globalization;

namespace LiveDash.Core.Jobs;

/// <summary>Durations as requests write them: <c>90s</c>, <c>5m</c>, <c>1h</c>, <c>7d</c>, <c>2w</c>, <c>250ms</c>. Pure.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads a duration above zero and of at most 100 years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9) return false;
        foreach (var (unit, ticks) in Units)
        {
            if (!text.AsSpan(digits).SequenceEqual(unit)) continue;
            var total = (Int128)long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * ticks;
            if (total <= 0 || total > 36_525 * TimeSpan.TicksPerDay) return false;
            duration = new TimeSpan((long)total);
            return true;
        }

        return false;
    }

    /// <summary>Writes a duration in the largest unit that says it exactly.</summary>
    public static string Format(TimeSpan duration)
    {
        for (var i = Units.Length - 1; i >= 0; i--)
        {
            if (duration.Ticks % Units[i].Ticks == 0) return (duration.Ticks / Units[i].Ticks).ToString(CultureInfo.InvariantCulture) + Units[i].Unit;
        }

        return (duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture) + "ms";
    }
}
