using System.Globalization;
using System.Text;

namespace LiveDash.Core.Rules.Templates;

/// <summary>Numbers as Go's package fmt writes them, which is what templates of Prometheus' rules are made for. Stateless.</summary>
internal static class GoNumber
{
    /// <summary><c>%v</c>: the fewest digits that say it exactly, with an exponent from 1e6 on and below 1e-4.</summary>
    public static string Shortest(double value)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = ExponentOf(text);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 6)
        {
            var digits = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0').TrimEnd('0');
            return (value < 0 ? "-" : "") + digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + Exponent(exponent);
        }

        return shortest.Contains('E', StringComparison.Ordinal) ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : shortest;
    }

    /// <summary><c>%.4g</c>: so many digits, without zeros behind the point.</summary>
    public static string General(double value, int precision)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        precision = Math.Clamp(precision, 1, 40);
        var text = value.ToString("E" + (precision - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var exponent = value == 0 ? 0 : ExponentOf(text);
        if (exponent < -4 || exponent >= precision) return Trimmed(text[..text.IndexOf('E', StringComparison.Ordinal)]) + Exponent(exponent);
        return Trimmed(value.ToString("F" + (precision - 1 - exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    /// <summary><c>%.2f</c></summary>
    public static string Fixed(double value, int precision) =>
        double.IsFinite(value) ? value.ToString("F" + Math.Clamp(precision, 0, 40).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : NotFinite(value);

    /// <summary><c>%e</c></summary>
    public static string Scientific(double value, int precision)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        var text = value.ToString("E" + Math.Clamp(precision, 0, 40).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text[..text.IndexOf('E', StringComparison.Ordinal)] + Exponent(ExponentOf(text));
    }

    /// <summary><c>%q</c>: quoted, with what is not seen escaped.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ => c.ToString() });
        }

        return quoted.Append('"').ToString();
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";

    private static int ExponentOf(string text) => int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Exponent(int exponent) => string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
