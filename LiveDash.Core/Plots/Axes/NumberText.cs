using System.Globalization;

namespace LiveDash.Core.Plots.Axes;

/// <summary>Writes numbers for people: SI letters for large ones, as few decimals as tell the ticks apart, a true minus. Pure.</summary>
internal static class NumberText
{
    /// <summary>The text of a tick among ticks a step apart, the greatest of which is <paramref name="largest"/> in size.</summary>
    internal static string Tick(double value, double step, double largest)
    {
        if (Math.Abs(value) < step * 1e-6) return "0";
        if (largest is >= 1e15 or < 1e-4)
        {
            // As many digits as tell neighbours apart.
            var digits = Math.Clamp((int)Math.Ceiling(Math.Log10(largest) - Math.Log10(step)), 3, 15);
            return Tidy(value.ToString("0." + new string('#', digits) + "e0", CultureInfo.InvariantCulture));
        }

        var (unit, letter) = largest switch
        {
            >= 1e12 => (1e12, "T"),
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        // An offset of a billion with steps of one is told in full: letters would hide the step.
        if (Decimals(step / unit) > 3) (unit, letter) = (1, "");
        return Tidy((value / unit).ToString("F" + Decimals(step / unit).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) + letter;
    }

    /// <summary>What is added to the labels of an axis, in full.</summary>
    internal static string Offset(double value)
    {
        var text = Math.Abs(value) is >= 1e21 or < 1e-4 ? value.ToString("R", CultureInfo.InvariantCulture) : value.ToString("#,0.##########", CultureInfo.InvariantCulture);
        return value < 0 ? Tidy(text).Insert(1, " ") : "+ " + text;
    }

    /// <summary>A number by itself, to about four digits.</summary>
    internal static string Short(double value)
    {
        if (double.IsNaN(value)) return "–";
        var size = Math.Abs(value);
        if (size == 0) return "0";
        if (size is >= 1e15 or < 1e-4) return Tidy(value.ToString("0.##e0", CultureInfo.InvariantCulture));
        var (unit, letter) = size switch { >= 1e12 => (1e12, "T"), >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1.0, "") };
        var scaled = value / unit;
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(scaled))), 0, 7);
        return Tidy(scaled.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture)) + letter;
    }

    private static int Decimals(double step) => Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);

    private static string Tidy(string text) => text.Replace('-', '−');
}
