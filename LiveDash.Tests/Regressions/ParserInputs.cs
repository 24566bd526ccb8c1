using System.Text;

namespace LiveDash.Tests.Regressions;

/// <summary>Texts of any length for <see cref="ParserReaders"/>. Stateless.</summary>
internal static class ParserInputs
{
    /// <summary>A part said again and again, between two others.</summary>
    public static Func<int, byte[]> Repeat(string before, string part, string after) => n => Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(part, n)) + after);

    /// <summary>Parts that differ by their number, where the part says <c>#</c>.</summary>
    public static Func<int, byte[]> Each(string before, string part, string after) => n =>
        Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Range(0, n).Select(i => part.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))) + after);

    /// <summary>Two runs of parts, with something between them.</summary>
    public static Func<int, byte[]> Both(string before, string first, string between, string second, string after) => n => [.. Each(before, first, between)(n), .. Each("", second, after)(n)];
}
