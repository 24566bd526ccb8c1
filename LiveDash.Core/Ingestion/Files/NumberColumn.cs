using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Reads the numbers of one column with one decimal mark, decided over its first cells and then held. The other mark, and spaces and apostrophes, may part
/// groups of three digits, and only those. Immutable; thread-safe.
/// </summary>
/// <param name="Comma">True where the decimal mark is a comma.</param>
public sealed partial record NumberColumn(bool Comma)
{
    /// <summary>Decides.</summary>
    /// <param name="cells">The column's first cells.</param>
    /// <param name="fallback">What is right where the cells do not tell, such as for 1,234 alone.</param>
    public static NumberColumn Decide(IEnumerable<string> cells, bool fallback)
    {
        int comma = 0, point = 0;
        foreach (var cell in cells)
        {
            var text = cell.Trim();
            if (CommaOnly().IsMatch(text)) comma++;
            else if (PointOnly().IsMatch(text)) point++;
        }

        return new(comma == point ? fallback : comma > point);
    }

    /// <summary>Whether a cell can only have a decimal comma.</summary>
    public static bool HasComma(string cell) => CommaOnly().IsMatch(cell.Trim());

    /// <summary>Reads one cell; false where it is no number as this column writes them.</summary>
    public bool TryRead(ReadOnlySpan<char> cell, out double number)
    {
        number = 0;
        cell = cell.Trim();
        if (cell.IsEmpty || cell.Length > 64) return false;
        Span<char> plain = stackalloc char[64];
        var (length, digits, grouped, decimals) = (0, 0, false, false);
        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (char.IsAsciiDigit(c))
            {
                digits++;
                plain[length++] = c;
            }
            else if (c == (Comma ? ',' : '.'))
            {
                if (decimals || (grouped && digits != 3)) return false;
                (decimals, digits) = (true, 0);
                plain[length++] = '.';
            }
            else if (c == (Comma ? '.' : ',') || c is '\'' or '\u2019' or ' ' or '\u00A0' or '\u202F')
            {
                if (decimals || digits is 0 or > 3 || (grouped && digits != 3)) return false;
                (grouped, digits) = (true, 0);
            }
            else if ((c is '-' or '+' && i == 0) || (c == '\u2212' && i == 0))
            {
                if (c != '+') plain[length++] = '-';
            }
            else if (c is 'e' or 'E' && length > 0)
            {
                if (grouped && !decimals && digits != 3) return false;
                cell[i..].CopyTo(plain[length..]);
                length += cell.Length - i;
                (grouped, digits) = (false, 1);
                break;
            }
            else
            {
                return false;
            }
        }

        if (grouped && !decimals && digits != 3) return false;
        return double.TryParse(plain[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }

    // One comma that parts no group of three, a comma behind points, or several points, which can only part groups.
    [GeneratedRegex(@"^[+\-\u2212]?(\d*,(\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}([. \u00A0\u202F']\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CommaOnly();

    [GeneratedRegex(@"^[+\-\u2212]?(\d*\.(\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\d{1,3}([, \u00A0\u202F']\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PointOnly();
}
