using System.Globalization;

namespace LiveDash.Core.Ingestion;

/// <summary>Whole numbers beyond 2^53, which a double does not tell apart: they are kept as the nearest double, and told once a series. Stateless.</summary>
public static class WideIntegers
{
    /// <summary>2^53: every whole number up to it is a double.</summary>
    public const double Exact = 9_007_199_254_740_992;

    /// <summary>Whether a text is a whole number beyond 2^53 that the nearest double is not.</summary>
    public static bool IsWide(ReadOnlySpan<char> text) =>
        Int128.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole) && IsWide(whole);

    /// <summary>The same of text in ASCII.</summary>
    public static bool IsWide(ReadOnlySpan<byte> text) =>
        Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && IsWide(whole);

    /// <summary>Whether the nearest double is another number.</summary>
    public static bool IsWide(Int128 whole) => (Int128)(double)whole != whole;

    /// <summary>What the sender is told.</summary>
    public static string Warning(string series, string written) =>
        $"{series}: the whole number {written} is beyond 2^53 and kept as the nearest double, as others of the series.";
}
