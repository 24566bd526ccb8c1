using System.Globalization;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Writes numbers for people: four figures that count, with the unit that fits. Pure, so safe on any thread.</summary>
public static class Quantity
{
    private static readonly string[] s_binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly (double Least, string Suffix)[] s_thousands = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M")];
    private static readonly (double Least, double Size, string Name)[] s_times =
        [(172_800, 86_400, "d"), (7_200, 3_600, "h"), (120, 60, "min"), (1, 1, "s"), (1e-3, 1e-3, "ms"), (1e-6, 1e-6, "µs"), (0, 1e-9, "ns")];

    /// <summary>What the values of a series are.</summary>
    public static QuantityKind KindOf(SeriesKey key)
    {
        var name = key.Name.ToLowerInvariant();
        if (EndsWith(name, "percent", "pct", ".usage")) return QuantityKind.Percent;
        if (EndsWith(name, "bytes_per_second", "bytes_per_sec", "bytes_per_s", "bytes_s", "bps")) return QuantityKind.BytesPerSecond;
        if (EndsWith(name, "per_second", "per_sec", "per_s")) return QuantityKind.PerSecond;
        if (name.StartsWith("net.", StringComparison.Ordinal) && name.EndsWith("_bytes", StringComparison.Ordinal)) return QuantityKind.BytesPerSecond;
        if (EndsWith(name, "bytes")) return QuantityKind.Bytes;
        if (EndsWith(name, "_ms", ".ms", "milliseconds")) return QuantityKind.Milliseconds;
        return EndsWith(name, "seconds", "_sec", "_s") ? QuantityKind.Seconds : QuantityKind.Plain;
    }

    /// <summary>The number and its unit, apart so that the unit can be set smaller; an em dash for what is undefined.</summary>
    public static (string Number, string Unit) Split(double value, QuantityKind kind)
    {
        if (!double.IsFinite(value)) return ("–", "");
        switch (kind)
        {
            case QuantityKind.Percent:
                return (Figures(value), "%");
            case QuantityKind.Bytes:
            case QuantityKind.BytesPerSecond:
                var power = 0;
                var scaled = value;
                while (Math.Abs(scaled) >= 1024 && power < s_binary.Length - 1)
                {
                    scaled /= 1024;
                    power++;
                }

                return (power == 0 ? scaled.ToString("0.#", CultureInfo.InvariantCulture) : Figures(scaled), s_binary[power] + (kind == QuantityKind.BytesPerSecond ? "/s" : ""));
            case QuantityKind.Seconds:
                return Time(value);
            case QuantityKind.Milliseconds:
                return Time(value / 1000);
            case QuantityKind.PerSecond:
                return (Figures(value), "/s");
            default:
                return (Figures(value), "");
        }
    }

    /// <summary>The number with its unit.</summary>
    public static string Format(double value, QuantityKind kind)
    {
        var (number, unit) = Split(value, kind);
        return unit.Length == 0 ? number : unit == "%" ? number + " %" : $"{number} {unit}";
    }

    /// <summary>Four figures that count, grouped by thousands; in millions and above a letter, and powers of ten where neither fits.</summary>
    public static string Figures(double value)
    {
        if (!double.IsFinite(value)) return "–";
        var size = Math.Abs(value);
        if (size == 0) return "0";
        if (size is >= 1e18 or < 1e-4) return value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        foreach (var (least, suffix) in s_thousands)
        {
            if (size >= least) return Digits(value / least) + suffix;
        }

        return Digits(value);
    }

    private static string Digits(double value)
    {
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 7);
        var format = Math.Abs(value) >= 1000 ? "#,0" : "0." + new string('#', decimals);
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static (string Number, string Unit) Time(double seconds)
    {
        if (seconds == 0) return ("0", "s");
        foreach (var (least, size, name) in s_times)
        {
            if (Math.Abs(seconds) >= least) return (Figures(seconds / size), name);
        }

        return (Figures(seconds), "s");
    }

    private static bool EndsWith(string name, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
