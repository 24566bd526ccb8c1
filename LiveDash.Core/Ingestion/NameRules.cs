using System.Globalization;
using System.Text;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// What series names and tags may hold: anything that prints, so that a name on screen is the name that was sent. Control and format characters,
/// line separators, bidirectional marks and half surrogates are refused, and the characters that the canonical text of a series is built with.
/// </summary>
internal static class NameRules
{
    /// <summary>What is wrong with a name, or null.</summary>
    public static string? FaultOf(string name, string what, string reserved, Limits limits)
    {
        if (name.Length == 0) return what + " is empty.";
        if (name.Length > limits.MaxNameBytes || Encoding.UTF8.GetByteCount(name) > limits.MaxNameBytes)
        {
            return $"{what} is longer than {limits.MaxNameBytes} bytes of UTF-8 (LiveDash:Limits:MaxNameBytes).";
        }

        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1])) return what + " begins or ends with a space.";
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsInvisible(rune))
            {
                return $"{what} holds the character U+{rune.Value:X4}, which is not allowed: no control, bidirectional or invisible characters.";
            }

            if (rune.IsAscii && reserved.Contains((char)rune.Value)) return $"{what} holds '{rune}', which is reserved.";
        }

        return null;
    }

    /// <summary>
    /// As much of a name as shows that it is too long; all of one that is not. A format that says a name once and means it for many points would else have it read as often as it is meant.
    /// </summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> name, Limits limits)
    {
        var length = limits.MaxNameBytes + 1;
        if (name.Length <= length) return name;
        // No letter is cut in half, so that what is left is as valid as the whole.
        while (length < name.Length && (name[length] & 0xC0) == 0x80 && length < limits.MaxNameBytes + 4) length++;
        return name[..length];
    }

    /// <summary>The same of a text.</summary>
    public static string Cut(string name, Limits limits) => name.Length <= limits.MaxNameBytes + 1 ? name : name[..(limits.MaxNameBytes + 1)];

    /// <summary>The first character that a text on screen may not hold, or null.</summary>
    public static int? FindInvisible(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsInvisible(rune)) return rune.Value;
        }

        return null;
    }

    // Bidi controls (U+061C, 200E-200F, 202A-202E, 2066-2069), zero-width characters and the BOM are all of category Format.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate;
}
