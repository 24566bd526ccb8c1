using System.Text.Json;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Says what a JsonException means. Stateless.</summary>
internal static class JsonFaults
{
    /// <summary>Finds the reason by the place where the reader stopped, not by the exception's words, which are no contract.</summary>
    public static Fault Explain(ReadOnlySpan<byte> json, long consumed, JsonException exception, Limits limits)
    {
        var rest = json[(int)Math.Min(consumed, json.Length)..];
        var separators = rest.IndexOfAnyExcept(" \t\r\n:,"u8);
        rest = separators < 0 ? [] : rest[separators..];
        if (NestsDeeper(json, limits.MaxJsonDepth))
        {
            return new(RejectReason.TooDeep, $"The JSON nests deeper than {limits.MaxJsonDepth} (LiveDash:Limits:MaxJsonDepth).");
        }

        if (BeginsNotFinite(rest)) return new(RejectReason.NotFinite, "NaN and infinity are not kept: leave the point out.");
        if (FindRawControl(rest) is { } control)
        {
            return new(RejectReason.BadName, $"A text holds the control character U+{control:X4} as it is.");
        }

        return new(RejectReason.BadJson, $"Not JSON at byte {exception.BytePositionInLine + 1}.{Hint(json, consumed)}");
    }

    /// <summary>True for NaN and the infinities as the usual languages print them.</summary>
    public static bool IsNotFiniteWord(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        return Matches(text, "nan"u8) || Matches(text, "inf"u8) || Matches(text, "infinity"u8);
    }

    private static bool NestsDeeper(ReadOnlySpan<byte> json, int limit)
    {
        var depth = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            if (inText && b == '\\') i++;
            else if (b == '"') inText = !inText;
            else if (!inText && (b is (byte)'{' or (byte)'[') && ++depth > limit) return true;
            else if (!inText && (b is (byte)'}' or (byte)']')) depth--;
        }

        return false;
    }

    private static bool BeginsNotFinite(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny(", }]\t\r\n"u8);
        return IsNotFiniteWord(end < 0 ? rest : rest[..end]);
    }

    // Only inside of a text: between tokens a control character is just no JSON.
    private static int? FindRawControl(ReadOnlySpan<byte> rest)
    {
        if (rest is not [(byte)'"', ..]) return null;
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] < 0x20) return rest[i];
            if (rest[i] == '"') return null;
            if (rest[i] == '\\') i++;
        }

        return null;
    }

    private static string Hint(ReadOnlySpan<byte> json, long consumed) =>
        consumed > 0 && consumed < json.Length && json[(int)consumed - 1] == '}' && json[(int)consumed..].TrimStart(" \t"u8) is [(byte)'{', ..]
            ? " One line holds one object; curl keeps the line ends with --data-binary, not with -d."
            : "";

    private static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] | 0x20) != lower[i]) return false;
        }

        return true;
    }
}
