using System.Text;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// The lexical side of InfluxDB line protocol (docs.influxdata.com, "Line protocol"): a backslash makes the next comma, equals sign or space part of a name; before
/// anything else it stands for itself. Stateless.
/// </summary>
internal static class InfluxText
{
    /// <summary>How long the text is up to the first of the stops that no backslash guards.</summary>
    public static int LengthUntil(ReadOnlySpan<byte> text, ReadOnlySpan<byte> stops)
    {
        var from = 0;
        while (true)
        {
            var found = text[from..].IndexOfAny(stops);
            if (found < 0) return text.Length;
            found += from;
            if (found == 0 || text[found - 1] != '\\') return found;
            from = found + 1;
        }
    }

    /// <summary>How long measurement and tags are: up to the first space that no backslash guards.</summary>
    public static int HeadLength(ReadOnlySpan<byte> line)
    {
        var found = line.IndexOf((byte)' ');
        if (found < 0) return line.Length;
        return found == 0 || line[found - 1] != '\\' ? found : LengthUntil(line, " "u8);
    }

    /// <summary>How long a field's name is: up to the first equals sign, comma or space that no backslash guards. Names are short, so a plain loop is the fastest.</summary>
    public static int KeyLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'=' or (byte)',' or (byte)' ' && (i == 0 || text[i - 1] != '\\')) return i;
        }

        return text.Length;
    }

    /// <summary>How long a value without quotes is: up to the next comma or space.</summary>
    public static int ValueLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)',' or (byte)' ') return i;
        }

        return text.Length;
    }

    /// <summary>How long a text in quotes is, with them; -1 where it is not closed. Inside, a backslash guards quotes and backslashes.</summary>
    public static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return -1;
    }

    /// <summary>What stands between the quotes of a text, UTF-8, without guards: there a backslash guards quotes and backslashes alone.</summary>
    public static string Unquote(ReadOnlySpan<byte> written) =>
        Encoding.UTF8.GetString(written).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    /// <summary>The text without guards; null where it is not UTF-8.</summary>
    public static string? Unescape(ReadOnlySpan<byte> text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(text);
        return plain.Contains('\\', StringComparison.Ordinal)
            ? plain.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\=", "=", StringComparison.Ordinal).Replace("\\ ", " ", StringComparison.Ordinal)
            : plain;
    }
}
