using System.Globalization;
using System.Text;

namespace LiveDash.Core.Plots.Skia;

/// <summary>
/// Which font writes what: IBM Plex first, Noto for Chinese and emoji, then the system's fonts. Nothing needs to be installed; the files come with the program.
/// Thread-safe.
/// </summary>
internal static class FontShelf
{
    private static readonly FontFamily s_latin = new("ibm-plex-sans-latin", static _ => true);
    private static readonly FontFamily s_japanese = new("ibm-plex-sans-jp-japanese", IsEastAsian);
    private static readonly FontFamily s_korean = new("ibm-plex-sans-kr-korean", IsEastAsian);
    private static readonly FontFamily s_chinese = new("noto-sans-sc-chinese-simplified", IsEastAsian);
    private static readonly FontFamily s_emoji = new("noto-emoji-emoji", static c => c is >= 0x203c and <= 0x3299 or >= 0x1f000 and <= 0x1ffff or 0xa9 or 0xae or 0x200d or 0x20e3);

    private static readonly FontFamily[] s_alphabets =
    [
        s_latin,
        new("ibm-plex-sans-latin-ext", static c => c is >= 0x100 and <= 0x2cff or >= 0xa700 and <= 0xa7ff),
        new("ibm-plex-sans-vietnamese", static c => c is >= 0x100 and <= 0x1eff or 0x20ab),
        new("ibm-plex-sans-greek", static c => c is >= 0x370 and <= 0x3ff),
        new("ibm-plex-sans-cyrillic", static c => c is >= 0x400 and <= 0x4ff or 0x2116),
        new("ibm-plex-sans-cyrillic-ext", static c => c is >= 0x460 and <= 0x52f or >= 0x1c80 and <= 0x1c8f or >= 0x2de0 and <= 0xa69f),
        new("ibm-plex-sans-hebrew-hebrew", static c => c is >= 0x590 and <= 0x5ff or >= 0xfb1d and <= 0xfb4f or 0x20aa),
        new("ibm-plex-sans-arabic-arabic", static c => c is >= 0x600 and <= 0x8ff or >= 0xfb50 and <= 0xfdff or >= 0xfe70 and <= 0xfeff),
        new("ibm-plex-sans-devanagari-devanagari", static c => c is >= 0x900 and <= 0x97f or >= 0x1cd0 and <= 0x1cff or >= 0xa830 and <= 0xa8ff or 0x20b9),
        new("ibm-plex-sans-thai-thai", static c => c is >= 0xe00 and <= 0xe7f),
    ];

    // Han letters look different in the three countries: the letters around them say which is meant, else it is Chinese.
    private static readonly FontFamily[] s_forJapanese = [.. s_alphabets, s_japanese, s_chinese, s_korean, s_emoji];
    private static readonly FontFamily[] s_forKorean = [.. s_alphabets, s_korean, s_chinese, s_japanese, s_emoji];
    private static readonly FontFamily[] s_forOthers = [.. s_alphabets, s_chinese, s_japanese, s_korean, s_emoji];
    private static readonly FontFamily[] s_forEmoji = [s_emoji, .. s_forOthers];

    /// <summary>The first font, whose missing-glyph box stands for what nobody can write.</summary>
    /// <exception cref="PlotException">The fonts were not copied beside the program.</exception>
    internal static FontFace First(bool bold) =>
        s_latin.Face(bold) ?? throw new PlotException($"Plots need the fonts of {Path.Combine(AppContext.BaseDirectory, "fonts")}, which the build puts beside the program.");

    /// <summary>The order in which fonts are asked for the letters of a text.</summary>
    internal static IReadOnlyList<FontFamily> OrderFor(string text)
    {
        foreach (var c in text)
        {
            if (c is >= '\u3041' and <= '\u30ff') return s_forJapanese;
            if (c is (>= '\uac00' and <= '\ud7af') or (>= '\u1100' and <= '\u11ff') or (>= '\u3130' and <= '\u318f')) return s_forKorean;
        }

        return s_forOthers;
    }

    /// <summary>The font of one cluster, which is never torn between two.</summary>
    internal static FontFace For(ReadOnlySpan<int> cluster, IReadOnlyList<FontFamily> order, bool bold)
    {
        if (cluster[0] >= 0x1f000 || cluster.Contains(0xfe0f)) order = s_forEmoji;
        foreach (var family in order)
        {
            if (family.May(cluster[0]) && family.Face(bold) is { } face && HasAll(face, cluster)) return face;
        }

        return SystemFonts.For(cluster) ?? First(bold);
    }

    /// <summary>True where a font that lacks the code point loses nothing: joiners, selectors of a form and other invisible marks.</summary>
    internal static bool IsInvisible(int code) =>
        code is (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0000 and <= 0xe0fff) || (Rune.IsValid(code) && Rune.GetUnicodeCategory(new Rune(code)) is UnicodeCategory.Format or UnicodeCategory.Control);

    /// <summary>True where the font has every visible code point.</summary>
    internal static bool HasAll(FontFace face, ReadOnlySpan<int> cluster)
    {
        foreach (var code in cluster)
        {
            if (!face.Has(code) && !IsInvisible(code)) return false;
        }

        return true;
    }

    private static bool IsEastAsian(int code) => code is (>= 0x1100 and <= 0x11ff) or (>= 0x2000 and <= 0x2fff) or (>= 0x3000 and <= 0x9fff) or (>= 0xac00 and <= 0xd7ff)
        or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe4f) or (>= 0xff00 and <= 0xffef) or (>= 0x20000 and <= 0x3ffff);
}
