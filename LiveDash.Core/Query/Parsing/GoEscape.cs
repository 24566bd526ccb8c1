using System.Globalization;
using System.Text;

namespace LiveDash.Core.Query.Parsing;

/// <summary>Escapes in quoted texts, as Go has them (https://go.dev/ref/spec#String_literals). Bytes that are not UTF-8 are not had: <c>\x80</c> and above are the letters of that number.</summary>
internal static class GoEscape
{
    /// <summary>Reads what stands behind a backslash.</summary>
    /// <exception cref="Stop">There is no such escape.</exception>
    public static void Read(string text, ref int at, char quote, StringBuilder into)
    {
        var start = at - 1;
        if (at >= text.Length) throw new Stop(start, at, "escape sequence not terminated");
        var c = text[at++];
        if (c == quote || c == '\\')
        {
            into.Append(c);
            return;
        }

        var plain = "abfnrtv".IndexOf(c, StringComparison.Ordinal);
        if (plain >= 0)
        {
            into.Append("\a\b\f\n\r\t\v"[plain]);
            return;
        }

        var (digits, radix) = c switch { 'x' => (2, 16), 'u' => (4, 16), 'U' => (8, 16), >= '0' and <= '7' => (3, 8), _ => (0, 0) };
        if (digits == 0) throw new Stop(start, at, $"unknown escape sequence '\\{c}'");
        if (radix == 8) at--;
        long value = 0;
        for (var i = 0; i < digits; i++, at++)
        {
            var digit = at < text.Length && char.IsAsciiHexDigit(text[at]) ? int.Parse(text.AsSpan(at, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : radix;
            if (digit >= radix) throw new Stop(start, Math.Min(at + 1, text.Length), "illegal character in escape sequence");
            value = (value * radix) + digit;
        }

        if ((radix == 8 && value > 255) || !Rune.IsValid((int)Math.Min(value, int.MaxValue))) throw new Stop(start, at, "escape sequence is an invalid Unicode code point");
        into.Append(new Rune((int)value).ToString());
    }
}
