using System.Globalization;
using System.Text;
using LiveDash.Core.Query.Functions;

namespace LiveDash.Core.Rules.Templates;

/// <summary>Numbers as Go's package fmt writes them, which is what templates of Prometheus' rules are made for. Stateless.</summary>
internal static class GoNumber
{
    /// <summary><c>%v</c>: the fewest digits that say it exactly, with an exponent from 1e6 on and below 1e-4.</summary>
    public static string Shortest(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return PlainNumber.Text(value);
        return Significant(value).Exponent is < -4 or >= 6 ? Scientific(value) : PlainNumber.Text(value);
    }

    /// <summary><c>%e</c> with the fewest digits that say it exactly, such as <c>1e+00</c>.</summary>
    public static string Scientific(double value)
    {
        if (!double.IsFinite(value)) return PlainNumber.Text(value);
        if (value == 0) return double.IsNegative(value) ? "-0e+00" : "0e+00";
        var (digits, exponent) = Significant(value);
        return (value < 0 ? "-" : "") + digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + Exponent(exponent);
    }

    /// <summary><c>%.4g</c>: so many digits, without zeros behind the point.</summary>
    public static string General(double value, int precision)
    {
        if (!double.IsFinite(value)) return PlainNumber.Text(value);
        precision = Math.Clamp(precision, 1, 40);
        var text = value.ToString("E" + (precision - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var exponent = value == 0 ? 0 : ExponentOf(text);
        if (exponent < -4 || exponent >= precision) return Trimmed(text[..text.IndexOf('E', StringComparison.Ordinal)]) + Exponent(exponent);
        return Trimmed(value.ToString("F" + (precision - 1 - exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    /// <summary><c>%.2f</c></summary>
    public static string Fixed(double value, int precision) =>
        double.IsFinite(value) ? value.ToString("F" + Math.Clamp(precision, 0, 40).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : PlainNumber.Text(value);

    /// <summary><c>%e</c></summary>
    public static string Scientific(double value, int precision)
    {
        if (!double.IsFinite(value)) return PlainNumber.Text(value);
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

    // The fewest digits that say a number exactly, and its decimal exponent, both out of the same text: a number just below a power of ten may be written as that power.
    private static (string Digits, int Exponent) Significant(double value)
    {
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), (point < 0 ? mantissa.Length : point) - 1 - leading + (e < 0 ? 0 : ExponentOf(text)));
    }

    private static int ExponentOf(string text) => int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Exponent(int exponent) => string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
