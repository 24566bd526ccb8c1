using System.Globalization;
using System.Text;

namespace LiveDash.Core.Plots.Text;

/// <summary>
/// The bidirectional class of a code point. .NET knows general categories only; the classes follow from these and from the blocks of scripts that are written
/// from right to left (DerivedBidiClass.txt of Unicode 15). Thread-safe.
/// </summary>
internal static class BidiClasses
{
    /// <summary>The class.</summary>
    internal static BidiClass Of(int code)
    {
        if (code < 0x80) return OfAscii(code);
        if (Format(code) is { } format) return format;
        if (Number(code) is { } number) return number;
        return Rune.IsValid(code) ? OfCategory(code, Rune.GetUnicodeCategory(new Rune(code))) : BidiClass.L;
    }

    /// <summary>The closing partner of an opening bracket, or 0 (BidiBrackets.txt).</summary>
    internal static int ClosingOf(int open) => open switch
    {
        '(' => ')',
        '[' or '{' or 0xff3b or 0xff5b => open + 2,
        0x2329 => 0x3009,
        0x0f3a or 0x0f3c or 0x169b or 0x2045 or 0x207d or 0x208d or 0x2308 or 0x230a or 0x27c5 or 0x29fc or 0xff08 or 0xff5f or 0xff62 => open + 1,
        >= 0x2768 and <= 0x2774 or >= 0x27e6 and <= 0x27ee or >= 0x2e22 and <= 0x2e28 or >= 0x3008 and <= 0x3010 or >= 0x3014 and <= 0x301a
            or >= 0x29d8 and <= 0x29da or >= 0xfe59 and <= 0xfe5d => IsOpening(open) ? open + 1 : 0,
        >= 0x2983 and <= 0x2997 => open switch { 0x298d => 0x2990, 0x298f => 0x298e, _ => IsOpening(open) ? open + 1 : 0 },
        _ => 0,
    };

    private static bool IsOpening(int code) => Rune.GetUnicodeCategory(new Rune(code)) == UnicodeCategory.OpenPunctuation;

    private static BidiClass OfAscii(int code) => (char)code switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => BidiClass.L,
        >= '0' and <= '9' => BidiClass.EN,
        '+' or '-' => BidiClass.ES,
        '#' or '$' or '%' => BidiClass.ET,
        ',' or '.' or '/' or ':' => BidiClass.CS,
        '\n' or '\r' or (>= '\x1c' and <= '\x1e') => BidiClass.B,
        '\t' or '\v' or '\x1f' => BidiClass.S,
        ' ' or '\f' => BidiClass.WS,
        < ' ' or '\x7f' => BidiClass.BN,
        _ => BidiClass.ON,
    };

    private static BidiClass? Format(int code) => code switch
    {
        0x202a => BidiClass.LRE,
        0x202b => BidiClass.RLE,
        0x202c => BidiClass.PDF,
        0x202d => BidiClass.LRO,
        0x202e => BidiClass.RLO,
        0x2066 => BidiClass.LRI,
        0x2067 => BidiClass.RLI,
        0x2068 => BidiClass.FSI,
        0x2069 => BidiClass.PDI,
        0x200e => BidiClass.L,
        0x200f => BidiClass.R,
        0x061c => BidiClass.AL,
        0x85 or 0x2029 => BidiClass.B,
        0x2028 => BidiClass.WS,
        0xad or 0x180e or 0xfeff or (>= 0x200b and <= 0x200d) or (>= 0x2060 and <= 0x206f) or (>= 0xe0000 and <= 0xe0fff and not (>= 0xe0100 and <= 0xe01ef)) => BidiClass.BN,
        _ => null,
    };

    private static BidiClass? Number(int code) => code switch
    {
        (>= 0x6f0 and <= 0x6f9) or 0xb2 or 0xb3 or 0xb9 or 0x2070 or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089) or (>= 0x2488 and <= 0x249b)
            or (>= 0xff10 and <= 0xff19) or (>= 0x102e1 and <= 0x102fb) or (>= 0x1d7ce and <= 0x1d7ff) or (>= 0x1f100 and <= 0x1f10a) or (>= 0x1fbf0 and <= 0x1fbf9) => BidiClass.EN,
        (>= 0x660 and <= 0x669) or (>= 0x600 and <= 0x605) or 0x66b or 0x66c or 0x6dd or 0x890 or 0x891 or 0x8e2 or (>= 0x10d30 and <= 0x10d39) or (>= 0x10e60 and <= 0x10e7e) => BidiClass.AN,
        0x207a or 0x207b or 0x208a or 0x208b or 0x2212 or 0xfb29 or 0xfe62 or 0xfe63 or 0xff0b or 0xff0d => BidiClass.ES,
        0xa0 or 0x60c or 0x202f or 0x2044 or 0xfe50 or 0xfe52 or 0xfe55 or 0xff0c or (>= 0xff0e and <= 0xff0f) or 0xff1a => BidiClass.CS,
        (>= 0xa2 and <= 0xa5) or 0xb0 or 0xb1 or 0x58f or 0x609 or 0x60a or 0x66a or 0x9f2 or 0x9f3 or 0x9fb or 0xaf1 or 0xbf9 or 0xe3f or 0x17db or (>= 0x2030 and <= 0x2034)
            or (>= 0x20a0 and <= 0x20cf) or 0x212e or 0x2213 or 0xa838 or 0xa839 or 0xfe5f or 0xfe69 or 0xfe6a or (>= 0xff03 and <= 0xff05) or 0xffe0 or 0xffe1 or 0xffe5 or 0xffe6
            or (>= 0x11fdd and <= 0x11fe0) or 0x1e2ff => BidiClass.ET,
        _ => null,
    };

    // Blocks that are written from right to left, their unassigned places too.
    private static BidiClass? RightToLeft(int code) => code switch
    {
        (>= 0x600 and <= 0x7bf) or (>= 0x860 and <= 0x8ff) or (>= 0xfb50 and <= 0xfdcf) or (>= 0xfdf0 and <= 0xfdff) or (>= 0xfe70 and <= 0xfeff) => BidiClass.AL,
        (>= 0x10d00 and <= 0x10d3f) or (>= 0x10ec0 and <= 0x10eff) or (>= 0x10f30 and <= 0x10f6f) or (>= 0x1ec70 and <= 0x1ecbf) or (>= 0x1ed00 and <= 0x1ed4f)
            or (>= 0x1ee00 and <= 0x1eeff) => BidiClass.AL,
        (>= 0x590 and <= 0x5ff) or (>= 0x7c0 and <= 0x85f) or (>= 0xfb1d and <= 0xfb4f) or (>= 0x10800 and <= 0x10fff) or (>= 0x1e800 and <= 0x1efff) => BidiClass.R,
        _ => null,
    };

    private static BidiClass OfCategory(int code, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.NSM,
        UnicodeCategory.SpaceSeparator => BidiClass.WS,
        UnicodeCategory.Control => BidiClass.BN,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter => RightToLeft(code) ?? BidiClass.L,
        UnicodeCategory.ModifierLetter => code is 0x2b9 or 0x2ba or (>= 0x2c6 and <= 0x2cf) or 0x2ec or 0x374 or 0x2e2f or 0xa67f or (>= 0xa717 and <= 0xa71f) or 0xa788 ? BidiClass.ON : RightToLeft(code) ?? BidiClass.L,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => RightToLeft(code) ?? BidiClass.L,
        UnicodeCategory.LetterNumber => (code is >= 0x10140 and <= 0x10174) ? BidiClass.ON : BidiClass.L,
        UnicodeCategory.OtherNotAssigned => RightToLeft(code) ?? BidiClass.L,
        UnicodeCategory.Format => code is >= 0xfff9 and <= 0xfffb ? BidiClass.ON : code is >= 0x11000 and <= 0x13fff ? BidiClass.L : RightToLeft(code) ?? BidiClass.BN,
        _ => OfSymbol(code),
    };

    // Punctuation, symbols and other numbers are neutral but where they belong to the letters of a script.
    private static BidiClass OfSymbol(int code)
    {
        if (code is (>= 0x606 and <= 0x60f) or 0x6de or 0x6e9 or 0xfdcf or (>= 0xfd3e and <= 0xfd4f) or (>= 0xfdfd and <= 0xfdff) or (>= 0x7f6 and <= 0x7f9) or 0x1091f or 0x10b39
            or (>= 0x10b3a and <= 0x10b3f) or 0x1eef0 or 0x1eef1)
        {
            return code is 0x608 or 0x60b or 0x60d ? BidiClass.AL : BidiClass.ON;
        }

        if (RightToLeft(code) is { } direction) return direction;
        return IsLetterLike(code) ? BidiClass.L : BidiClass.ON;
    }

    // Signs within the scripts of South and South-East Asia, letters in circles, braille, old numerals, notes and the like are letters to the algorithm.
    private static bool IsLetterLike(int code) => code switch
    {
        >= 0x900 and <= 0x1cff => !IsNeutralAsian(code),
        0x482 or (>= 0x55a and <= 0x55f) or 0x589 or 0x214f => true,
        (>= 0x2336 and <= 0x237a) or 0x2395 or (>= 0x249c and <= 0x24e9) or 0x26ac or (>= 0x2800 and <= 0x28ff) or 0x2d70 => true,
        (>= 0x3190 and <= 0x319f) or (>= 0x3200 and <= 0x321c) or (>= 0x3220 and <= 0x324f) or (>= 0x3260 and <= 0x327b) or (>= 0x327f and <= 0x32b0) => true,
        (>= 0x32c0 and <= 0x32cb) or (>= 0x32d0 and <= 0x3376) or (>= 0x337b and <= 0x33dd) or (>= 0x33e0 and <= 0x33fe) => true,
        0xa4fe or 0xa4ff or (>= 0xa6f2 and <= 0xa6f7) or 0xa789 or 0xa78a or (>= 0xa830 and <= 0xa837) or (>= 0xa8ce and <= 0xabeb) => code is not (0xab6a or 0xab6b),
        0x10100 or (>= 0x10102 and <= 0x1013f) or 0x1018d or 0x1018e or (>= 0x101d0 and <= 0x101fc) or (>= 0x10320 and <= 0x1056f) => true,
        >= 0x11000 and <= 0x16fff => code is not ((>= 0x11052 and <= 0x11065) or (>= 0x11660 and <= 0x1166c) or (>= 0x11fd5 and <= 0x11ff1) or 0x16fe2),
        0x1bc9c or 0x1bc9f or (>= 0x1cf50 and <= 0x1d1e8) => code is not ((>= 0x1d1e9 and <= 0x1d1ea)),
        (>= 0x1d2e0 and <= 0x1d2f3) or (>= 0x1d360 and <= 0x1d378) or 0x1d6c1 or 0x1d6fb or 0x1d735 or 0x1d76f or 0x1d7a9 or (>= 0x1d800 and <= 0x1da8b) or 0x1e14f => true,
        (>= 0x1f110 and <= 0x1f12e) or (>= 0x1f130 and <= 0x1f169) or (>= 0x1f170 and <= 0x1f1ac) or (>= 0x1f1e6 and <= 0x1f251) => true,
        _ => false,
    };

    private static bool IsNeutralAsian(int code) => code is (>= 0x0bf3 and <= 0x0bfa) or (>= 0x0c78 and <= 0x0c7e) or (>= 0x0f3a and <= 0x0f3d) or (>= 0x1390 and <= 0x1399) or 0x1400
        or 0x169b or 0x169c or (>= 0x17f0 and <= 0x17f9) or (>= 0x1800 and <= 0x180f) or (>= 0x1940 and <= 0x1945) or (>= 0x19de and <= 0x19ff);
}
