namespace LiveDash.Core.Ingestion;

/// <summary>Epoch times in other units than milliseconds. Stateless.</summary>
public static class EpochUnits
{
    private static readonly long s_year2000 = new DateTime(2000, 1, 1).Ticks;

    /// <summary>Reads <c>s ms us ns auto</c>; null for anything else, milliseconds for nothing.</summary>
    public static EpochUnit? Parse(string? text) => text switch
    {
        null or "" or "ms" => EpochUnit.Ms,
        "s" => EpochUnit.S,
        "us" => EpochUnit.Us,
        "ns" => EpochUnit.Ns,
        "auto" => EpochUnit.Auto,
        _ => null,
    };

    /// <summary>The unit in words.</summary>
    public static string Name(EpochUnit unit) => unit switch
    {
        EpochUnit.S => "seconds",
        EpochUnit.Us => "microseconds",
        EpochUnit.Ns => "nanoseconds",
        _ => "milliseconds",
    };

    /// <summary>The unit in which a number is a time of 2000 to 2128; null where it is in none.</summary>
    public static EpochUnit? Guess(double number) => Math.Abs(number) switch
    {
        >= 9.4e8 and < 5e9 => EpochUnit.S,
        >= 9.4e11 and < 5e12 => EpochUnit.Ms,
        >= 9.4e14 and < 5e15 => EpochUnit.Us,
        >= 9.4e17 and < 5e18 => EpochUnit.Ns,
        _ => null,
    };

    /// <summary>Turns a whole number into UTC ticks; false outside the years 1 to 9999.</summary>
    public static bool TryToTicks(long number, EpochUnit unit, out long ticks)
    {
        var exact = OfSize(number, unit) switch
        {
            EpochUnit.S => (Int128)number * TimeSpan.TicksPerSecond,
            EpochUnit.Us => (Int128)number * TimeSpan.TicksPerMicrosecond,
            EpochUnit.Ns => number / 100,
            _ => (Int128)number * TimeSpan.TicksPerMillisecond,
        };
        exact += DateTime.UnixEpoch.Ticks;
        var inside = exact >= DateTime.MinValue.Ticks && exact <= DateTime.MaxValue.Ticks;
        ticks = inside ? (long)exact : 0;
        return inside;
    }

    /// <summary>Turns a number with a fraction into UTC ticks; false outside the years 1 to 9999 and for NaN.</summary>
    public static bool TryToTicks(double number, EpochUnit unit, out long ticks) => TimeText.TryFromEpochMs(
        OfSize(number, unit) switch
        {
            EpochUnit.S => number * 1e3,
            EpochUnit.Us => number / 1e3,
            EpochUnit.Ns => number / 1e6,
            _ => number,
        },
        out ticks);

    /// <summary>Whether a time is before 2000, which for a number mostly means that its unit is another.</summary>
    public static bool IsBefore2000(long ticks) => ticks < s_year2000;

    private static EpochUnit OfSize(double number, EpochUnit unit) => unit != EpochUnit.Auto
        ? unit
        : Math.Abs(number) switch { < 1e11 => EpochUnit.S, < 1e14 => EpochUnit.Ms, < 1e17 => EpochUnit.Us, _ => EpochUnit.Ns };
}
