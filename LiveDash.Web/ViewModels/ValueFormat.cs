using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// Writes values for people: about three digits, a prefix and a unit, the same in every culture. js/format.js does the same for axes; a test holds the
/// two together. Pure, so safe on any thread.
/// </summary>
public static class ValueFormat
{
    /// <summary>What stands where there is no value.</summary>
    public const string None = "–";

    // What rounds up to the next step belongs to it: 999.99 k is 1 M.
    private const double Rounding = 1.00005;

    // From here on plain numbers have a prefix.
    private const double Compact = 1e5;

    private static readonly (double Factor, string Prefix)[] s_si =
        [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")];

    private static readonly (double Factor, string Prefix)[] s_iec =
        [(Math.Pow(2, 60), "Ei"), (Math.Pow(2, 50), "Pi"), (Math.Pow(2, 40), "Ti"), (1 << 30, "Gi"), (1 << 20, "Mi"), (1 << 10, "Ki"), (1, "")];

    private static readonly (double Factor, string Prefix)[] s_times =
        [(86400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

    // The last word of a series' name, or a tag "unit", says what it measures. Longer endings first.
    private static readonly (string Ending, ValueUnit Unit)[] s_endings =
    [
        ("bytes_per_second", ValueUnit.BytesPerSecond), ("bytes_per_sec", ValueUnit.BytesPerSecond), ("bytes/s", ValueUnit.BytesPerSecond),
        ("b/s", ValueUnit.BytesPerSecond), ("bits_per_second", ValueUnit.BitsPerSecond), ("bps", ValueUnit.BitsPerSecond), ("bit/s", ValueUnit.BitsPerSecond),
        ("per_second", ValueUnit.PerSecond), ("per_sec", ValueUnit.PerSecond), ("iops", ValueUnit.PerSecond), ("/s", ValueUnit.PerSecond),
        ("bytes", ValueUnit.Bytes), ("percent", ValueUnit.Percent), ("pct", ValueUnit.Percent), ("%", ValueUnit.Percent),
        ("utilization", ValueUnit.Percent), ("ratio", ValueUnit.Ratio),
        ("milliseconds", ValueUnit.Milliseconds), ("millis", ValueUnit.Milliseconds), ("ms", ValueUnit.Milliseconds),
        ("microseconds", ValueUnit.Microseconds), ("micros", ValueUnit.Microseconds), ("us", ValueUnit.Microseconds), ("µs", ValueUnit.Microseconds),
        ("nanoseconds", ValueUnit.Nanoseconds), ("nanos", ValueUnit.Nanoseconds), ("ns", ValueUnit.Nanoseconds),
        ("seconds", ValueUnit.Seconds), ("sec", ValueUnit.Seconds), ("uptime", ValueUnit.Seconds),
        ("celsius", ValueUnit.Celsius), ("temperature", ValueUnit.Celsius), ("temp", ValueUnit.Celsius), ("°c", ValueUnit.Celsius),
        ("hertz", ValueUnit.Hertz), ("hz", ValueUnit.Hertz), ("volts", ValueUnit.Volt), ("voltage", ValueUnit.Volt),
        ("watts", ValueUnit.Watt), ("amps", ValueUnit.Ampere), ("amperes", ValueUnit.Ampere),
    ];

    /// <summary>What a series measures, by its tag <c>unit</c> or else by how its name ends: <c>disk.read_bytes_per_second</c>, <c>mem.used.bytes</c>.</summary>
    public static ValueUnit UnitOf(SeriesKey key)
    {
        var unit = key.Tag("unit");
        // The host's own series are known by their whole name: net.rx_bytes is a rate.
        if (unit is null && SeriesUnits.Of(key.Name) is var known and not SeriesUnit.None) return Enum.Parse<ValueUnit>(known.ToString());
        foreach (var (ending, found) in s_endings)
        {
            if (unit is not null ? unit.Equals(ending, StringComparison.OrdinalIgnoreCase) : EndsWith(key.Name, ending)) return found;
        }

        return ValueUnit.Number;
    }

    /// <summary>The unit's name as js/format.js knows it.</summary>
    public static string ScriptName(ValueUnit unit)
    {
        var name = unit.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Writes a value; one that is not finite is <see cref="None"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">What it measures.</param>
    /// <param name="decimals">How many places behind the point; null for about three digits in all.</param>
    public static FormattedValue Format(double value, ValueUnit unit, int? decimals = null)
    {
        if (!double.IsFinite(value)) return new(None, "");
        switch (unit)
        {
            case ValueUnit.Percent:
                return new(Digits(value, decimals), "%");
            case ValueUnit.Ratio:
                return new(Digits(value * 100, decimals), "%");
            case ValueUnit.Celsius:
                return new(Digits(value, decimals), "°C");
            case ValueUnit.Seconds or ValueUnit.Milliseconds or ValueUnit.Microseconds or ValueUnit.Nanoseconds:
                var seconds = value * SecondsOf(unit);
                return seconds == 0 ? new("0", "s") : Scaled(seconds, s_times, "", decimals);
        }

        var suffix = Suffix(unit);
        var size = Math.Abs(value);
        if (size != 0 && (size < 0.01 || size >= 1e21) && decimals is null) return new(Power(value), suffix);
        // 1,204 tells more than 1.2 k, and is no longer.
        if (unit is ValueUnit.Number or ValueUnit.PerSecond && size * Rounding is >= 1000 and < Compact) return new(Digits(value, decimals ?? 0), suffix);
        return Scaled(value, unit is ValueUnit.Bytes or ValueUnit.BytesPerSecond ? s_iec : s_si, suffix, decimals);
    }

    private static FormattedValue Scaled(double value, (double Factor, string Prefix)[] table, string unit, int? decimals)
    {
        var size = Math.Abs(value) * Rounding;
        var at = Array.FindIndex(table, step => size >= step.Factor);
        var (factor, prefix) = table[at < 0 ? ^1 : at];
        return new(Digits(value / factor, decimals), prefix + unit);
    }

    private static string Power(double value)
    {
        var text = value.ToString("0.00e+0", CultureInfo.InvariantCulture).Split('e');
        return $"{Digits(double.Parse(text[0], CultureInfo.InvariantCulture))}e{int.Parse(text[1], CultureInfo.InvariantCulture)}";
    }

    /// <summary>A number alone: with that many places, or with about three digits in all; thousands apart.</summary>
    internal static string Digits(double value, int? decimals = null)
    {
        var size = Math.Abs(value);
        if (decimals is { } fixedPlaces && size < 1e9)
        {
            var plain = value.ToString("N" + fixedPlaces.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return plain.AsSpan().TrimStart('-').IndexOfAnyExcept('0', '.') < 0 ? plain.TrimStart('-') : plain;
        }

        if (size >= 1e9) return Power(value);
        var places = size >= 100 ? (value == Math.Floor(value) ? 0 : 1) : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
        var text = value.ToString("N" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (text.Contains('.', StringComparison.Ordinal)) text = text.TrimEnd('0').TrimEnd('.');
        return text == "-0" ? "0" : text;
    }

    private static double SecondsOf(ValueUnit unit) => unit switch
    {
        ValueUnit.Milliseconds => 1e-3,
        ValueUnit.Microseconds => 1e-6,
        ValueUnit.Nanoseconds => 1e-9,
        _ => 1,
    };

    private static string Suffix(ValueUnit unit) => unit switch
    {
        ValueUnit.PerSecond => "/s",
        ValueUnit.Bytes => "B",
        ValueUnit.BytesPerSecond => "B/s",
        ValueUnit.BitsPerSecond => "bit/s",
        ValueUnit.Hertz => "Hz",
        ValueUnit.Volt => "V",
        ValueUnit.Watt => "W",
        ValueUnit.Ampere => "A",
        _ => "",
    };

    // A whole word: "cpu.ms" ends with "ms", "cpu.atoms" does not.
    private static bool EndsWith(string name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
        && (name.Length == ending.Length || !char.IsLetterOrDigit(name[^(ending.Length + 1)]) || !char.IsLetterOrDigit(ending[0]));
}
