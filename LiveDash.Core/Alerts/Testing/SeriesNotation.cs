using System.Globalization;
using System.Text.RegularExpressions;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>Series as promtool's unit tests write them: <c>up{job="a"}</c>, and values such as <c>1+1x3 _x2 stale</c>. Stateless.</summary>
internal static partial class SeriesNotation
{
    /// <summary>How many values one series may have.</summary>
    public const int MaxValues = 100_000;

    /// <summary>How many values all series of a file may have together: some 40 MB while its tests run.</summary>
    public const int MaxOfFile = 1_000_000;

    /// <summary>Stands where a series ends, as in Prometheus.</summary>
    public static double Stale { get; } = BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0002);

    /// <summary>True for the mark of an end.</summary>
    public static bool IsStale(double value) => BitConverter.DoubleToUInt64Bits(value) == 0x7FF0_0000_0000_0002;

    /// <summary>Reads labels, with a name or without.</summary>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public static LabelSet Labels(string text)
    {
        var trimmed = text.Trim();
        if (trimmed is "" or "{}") return LabelSet.Empty;
        // Labels without a name and none that is not empty are no selector.
        if (!PromQuery.TryParse(trimmed, out var expr, out var faults)) throw new FormatException($"'{text}' is no series: {faults[0].Message}.");
        if (expr is not VectorSelector selector || selector.Shift != default || selector.AllMatchers.Any(static matcher => matcher.Kind != MatchKind.Equal)) throw new FormatException($"'{text}' is no series: write name{{label=\"value\"}}.");
        return LabelSet.Of(selector.AllMatchers.Select(static matcher => new KeyValuePair<string, string>(matcher.Label, matcher.Value)));
    }

    /// <summary>Reads values; null where there is no point.</summary>
    /// <param name="text">The values.</param>
    /// <param name="left">How many the file may have yet.</param>
    /// <exception cref="FormatException">They cannot be read, or are too many.</exception>
    public static IReadOnlyList<double?> Values(string text, int left = MaxOfFile)
    {
        var values = new List<double?>();
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Part().Match(part) is not { Success: true } match) throw new FormatException($"'{part}' is no value: write 1, 1+2x3, 1x3, _, _x3 or stale; histograms are not read.");
            var times = match.Groups["times"] is { Success: true } count ? int.TryParse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue : -1;
            if (values.Count + (long)Math.Abs(times) + 1 > MaxValues) throw new FormatException($"A series has at most {MaxValues:N0} values.");
            if (values.Count + (long)Math.Abs(times) + 1 > left) throw new FormatException($"All series of a file have at most {MaxOfFile:N0} values together.");
            if (match.Groups["none"].Success) values.AddRange(Enumerable.Repeat((double?)null, times < 0 ? 1 : times));
            else Add(values, match, times);
        }

        return values;
    }

    private static void Add(List<double?> values, Match match, int times)
    {
        var value = match.Groups["stale"].Success ? Stale : Number(match.Groups["first"].Value);
        var by = match.Groups["by"] is { Success: true } step ? Number(step.Value) : 0;
        // As Prometheus does, step by step: what rounding makes of it is the same.
        for (var i = 0; i <= Math.Max(0, times); i++, value += by) values.Add(value);
    }

    private static double Number(string text) => text.TrimStart('+', '-').ToUpperInvariant() switch
    {
        "INF" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        "NAN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^(?:(?<none>_)|(?<stale>stale)|(?<first>[+-]?(?:[0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?|\.[0-9]+(?:e[+-]?[0-9]+)?|inf|nan))(?<by>[+-](?:[0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?|\.[0-9]+(?:e[+-]?[0-9]+)?|inf|nan))?)(?:x(?<times>[0-9]+))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
