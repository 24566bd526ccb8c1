using LiveDash.Core.Plots.Text;

namespace LiveDash.Tests.Core.Plots;

/// <summary>
/// The Unicode Bidirectional Algorithm on cases made by hand, each for a rule. Hebrew letters are written as capitals from A on, Arabic letters as capitals from
/// P on, Arabic digits as <c>!</c>; <c>&gt;</c> and <c>&lt;</c> are LRE and RLE, <c>^</c> PDF, <c>}</c> and <c>{</c> LRO and RLO, <c>1</c> to <c>9</c> European digits,
/// <c>~</c> a mark that does not space, <c>@</c>, <c>#</c>, <c>$</c> and <c>|</c> LRI, RLI, FSI and PDI.
/// </summary>
public sealed class BidiTextTests
{
    [Theory]
    // P2, P3: the first strong letter decides, isolates are passed over.
    [InlineData("abc", 0, "000")]
    [InlineData("ABC", 1, "111")]
    [InlineData(" 12 A", 1, "12211")]
    [InlineData("12 ,", 0, "0000")]
    [InlineData("#A|b", 0, "0100")]
    // W1: a mark goes with what it stands on. W2, W3: digits after Arabic are Arabic digits.
    [InlineData("aA~b", 0, "0110")]
    [InlineData("P 12", 1, "1122")]
    [InlineData("P 1,2", 1, "11222")]
    [InlineData("A 1+2", 1, "11222")]
    [InlineData("P 1+2", 1, "11212")]
    // W4: one separator between digits of one kind. W5: terminators beside digits. W6: the rest is neutral.
    [InlineData("A 1:2", 1, "11222")]
    [InlineData("A 1::2", 1, "112112")]
    [InlineData("A 5%", 1, "1122")]
    [InlineData("A %5", 1, "1122")]
    [InlineData("A %", 1, "111")]
    // W7: digits after a Latin letter read with it.
    [InlineData("A b 12", 1, "112222")]
    [InlineData("a A 12", 0, "001122")]
    // N0: brackets take the direction of what they hold.
    [InlineData("a(A)b", 0, "00100")]
    [InlineData("A(b)C", 1, "11211")]
    [InlineData("a (A) B", 0, "0001001")]
    [InlineData("aA(B)", 0, "01111")]
    [InlineData("A (b", 1, "1112")]
    // N1, N2: what stands between two of one direction has it, else the line's.
    [InlineData("aA Bb", 0, "01110")]
    [InlineData("aA b", 0, "0100")]
    [InlineData("A b C", 1, "11211")]
    [InlineData("A 1 B", 1, "11211")]
    // X1 to X8: embeddings, overrides and isolates.
    [InlineData("a<b^c", 0, "00220")]
    [InlineData("a{b^c", 0, "00110")]
    [InlineData("A}B^C", 1, "11221")]
    [InlineData("a#b A|c", 0, "0021100")]
    [InlineData("A@b|", 1, "1121")]
    [InlineData("a$A 1|b", 0, "0011200")]
    [InlineData("a^b|c", 0, "00000")]
    // L1: blanks at the end are the line's.
    [InlineData("aA ", 0, "010")]
    [InlineData("A b ", 1, "1121")]
    public void Levels_CaseOfARule_AsUax9Says(string text, byte baseLevel, string levels)
    {
        var found = BidiText.Levels([.. text.Select(Code)], out var own);

        Assert.Equal(baseLevel, own);
        // What X9 removes is not shown: its level does not count.
        Assert.Equal(Shown(text, levels), Shown(text, string.Concat(found)));
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("ABC", "CBA")]
    [InlineData("a ABC b", "a CBA b")]
    [InlineData("ABC 12 b", "b 12 CBA")]
    [InlineData("A 1.5 %", "% 1.5 A")]
    public void Order_Levels_AsItIsRead(string text, string shown)
    {
        var order = BidiText.Order(BidiText.Levels([.. text.Select(Code)], out _));

        Assert.Equal(shown, string.Concat(order.Select(i => text[i])));
    }

    [Fact]
    public void Levels_TooDeep_AreCountedNotNested()
    {
        var levels = BidiText.Levels([.. new string('<', 200).Select(Code), 'a', .. new string('^', 200).Select(Code), 'b'], out _);

        Assert.Equal(126, levels[200]);
        Assert.Equal(0, levels[^1]);
    }

    [Theory]
    [InlineData("Größe µ, 20 °C – 5 %", true)]
    [InlineData("温度 センサー", true)]
    [InlineData("חיישן", false)]
    [InlineData("a\u202eb", false)]
    public void IsPlain_Text_TrueWhereNothingTurnsIt(string text, bool isPlain) => Assert.Equal(isPlain, BidiText.IsPlain(text));

    private static int Code(char c) => c switch
    {
        >= 'A' and <= 'O' => 0x5d0 + (c - 'A'),
        >= 'P' and <= 'Z' => 0x628 + (c - 'P'),
        '!' => 0x661,
        '~' => 0x300,
        '>' => 0x202a,
        '<' => 0x202b,
        '^' => 0x202c,
        '}' => 0x202d,
        '{' => 0x202e,
        '@' => 0x2066,
        '#' => 0x2067,
        '$' => 0x2068,
        '|' => 0x2069,
        _ => c,
    };

    private static string Shown(string text, string levels) => string.Concat(levels.Where((_, i) => !"<>{}^".Contains(text[i], StringComparison.Ordinal)));
}
