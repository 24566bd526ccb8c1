using System.Text;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>What the first bytes of CSV say about its encoding, and its first lines about its separator. Stateless.</summary>
internal static class CsvText
{
    /// <summary>Finds the encoding: by a mark, by the zeros of UTF-16, or as UTF-8; Latin-1 where that is not valid.</summary>
    public static Encoding EncodingOf(ReadOnlySpan<byte> head)
    {
        // Before UTF-16, whose mark the first of them begins with.
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return Encoding.UTF32;
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF])) return new UTF32Encoding(bigEndian: true, byteOrderMark: true);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        if (head.Length >= 4 && head[..4].Contains((byte)0))
        {
            // Latin letters in UTF-16 have a zero in every other place.
            int even = 0, odd = 0;
            for (var i = 0; i + 1 < head.Length; i += 2)
            {
                if (head[i] == 0) even++;
                if (head[i + 1] == 0) odd++;
            }

            if (Math.Max(even, odd) * 4 > head.Length) return odd > even ? Encoding.Unicode : Encoding.BigEndianUnicode;
        }

        var whole = head;
        // The last letter may be cut.
        for (var cut = 0; cut < 4 && whole.Length > 0; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(whole)) return Encoding.UTF8;
            whole = whole[..^1];
        }

        return head.IsEmpty ? Encoding.UTF8 : Encoding.Latin1;
    }

    /// <summary>Finds the separator: what the line <c>sep=;</c> says, or what cuts most lines into as many cells as the first.</summary>
    /// <param name="head">The first lines; the last may be cut.</param>
    /// <param name="skip">How many characters the line <c>sep=</c> takes.</param>
    public static char SeparatorOf(ReadOnlySpan<char> head, out int skip)
    {
        skip = 0;
        if (head.Length > 5 && head[..4].Equals("sep=", StringComparison.OrdinalIgnoreCase) && head[5] is '\r' or '\n' && CanPart(head[4]))
        {
            skip = head[5] == '\r' && head.Length > 6 && head[6] == '\n' ? 7 : 6;
            return head[4];
        }

        // Some spreadsheets put it in quotes, as any other cell.
        if (head.Length > 7 && head[0] == '"' && head[6] == '"' && head[1..5].Equals("sep=", StringComparison.OrdinalIgnoreCase) && head[7] is '\r' or '\n' && CanPart(head[5]))
        {
            skip = head[7] == '\r' && head.Length > 8 && head[8] == '\n' ? 9 : 8;
            return head[5];
        }

        var (best, bestScore) = (',', 0L);
        foreach (var candidate in ",;\t|")
        {
            var score = Score(head, candidate);
            if (score > bestScore) (best, bestScore) = (candidate, score);
        }

        return best;
    }

    /// <summary>Whether a character can stand between cells: printable ASCII or a tab, no letter, digit, quote or space.</summary>
    public static bool CanPart(char c) => c == '\t' || (c is > ' ' and <= '~' and not '"' && !char.IsAsciiLetterOrDigit(c));

    private static long Score(ReadOnlySpan<char> head, char separator)
    {
        int first = -1, alike = 0, lines = 0;
        foreach (var line in head.EnumerateLines())
        {
            if (line.IsWhiteSpace()) continue;
            var cells = Count(line, separator);
            if (first < 0) first = cells;
            if (cells == first) alike++;
            if (++lines == 1000) break;
        }

        return first < 2 ? 0 : ((long)alike << 16) + first;
    }

    private static int Count(ReadOnlySpan<char> line, char separator)
    {
        var cells = 1;
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && (quoted || i == 0 || line[i - 1] == separator)) quoted = !quoted;
            else if (line[i] == separator && !quoted) cells++;
        }

        return cells;
    }
}
