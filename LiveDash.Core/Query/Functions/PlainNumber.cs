using System.Globalization;

namespace LiveDash.Core.Query.Functions;

/// <summary>Numbers without an exponent, with the fewest digits that say them exactly, as the labels of count_values have them. Stateless.</summary>
public static class PlainNumber
{
    /// <summary>The text of a number.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0) return text;
        var exponent = int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var mantissa = text[sign.Length..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? mantissa.Length : point) + exponent;
        if (whole <= 0) return sign + "0." + new string('0', -whole) + digits;
        return whole >= digits.Length ? sign + digits + new string('0', whole - digits.Length) : sign + digits[..whole] + "." + digits[whole..];
    }
}
