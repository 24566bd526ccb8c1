using System.IO.Enumeration;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Reading;

/// <summary>Turns the parameters <c>series</c> and <c>tag</c> into series of the catalog.</summary>
internal static class SeriesSelection
{
    /// <summary>Chooses series; all of them where no pattern is given.</summary>
    /// <returns>The series in the order of their numbers, each once; or null with the parameter at fault and why.</returns>
    public static IReadOnlyList<int>? TryChoose(
        SeriesCatalog catalog, IReadOnlyList<string>? patterns, IReadOnlyList<string>? tags, out (string Parameter, string Detail) fault)
    {
        fault = default;
        var wanted = new List<KeyValuePair<string, string>>();
        foreach (var tag in tags ?? [])
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                fault = ("tag", $"'{tag}' is not key=value, such as host=web*.");
                return null;
            }

            wanted.Add(new(tag[..equals], tag[(equals + 1)..]));
        }

        var texts = (patterns ?? []).SelectMany(Split).ToList();
        if (texts.Count == 0) texts.Add("*");
        var chosen = new SortedSet<int>();
        foreach (var text in texts)
        {
            if (!SeriesPattern.TryParse(text, out var pattern))
            {
                fault = ("series", $"'{text}' is not a series: write name or name{{tag=value,...}}, with * and ? as wildcards.");
                return null;
            }

            chosen.UnionWith(wanted.Count == 0 ? catalog.Match(pattern!) : MatchByTags(catalog, pattern!.ExactKey, wanted));
        }

        return [.. chosen];
    }

    /// <summary>Chooses series of numbers: series of states are left out, and named at fault where there is nothing else.</summary>
    /// <returns>As <see cref="TryChoose"/>.</returns>
    public static IReadOnlyList<int>? TryChooseNumbers(
        SeriesCatalog catalog, IReadOnlyList<string>? patterns, IReadOnlyList<string>? tags, out (string Parameter, string Detail) fault)
    {
        if (TryChoose(catalog, patterns, tags, out fault) is not { } chosen) return null;
        List<int> numbers = [.. chosen.Where(one => catalog.States.ContentOf(one) != SeriesContent.States)];
        if (numbers.Count > 0 || chosen.Count == 0) return numbers;
        fault = ("series", $"{catalog[chosen[0]]} holds states, which are texts; this asks for numbers. GET /api/points gives the states, and a rule asks for them by state({catalog[chosen[0]]}).");
        return null;
    }

    /// <summary>Splits at the commas outside braces.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '{') depth++;
            if (i < text.Length && text[i] == '}') depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
            if (text[start..i].Trim() is { Length: > 0 } part) yield return part;
            start = i + 1;
        }
    }

    private static IEnumerable<int> MatchByTags(SeriesCatalog catalog, SeriesKey spelled, List<KeyValuePair<string, string>> wanted)
    {
        var tags = spelled.Tags.Concat(wanted).ToList();
        var count = catalog.Count;
        for (var series = 0; series < count; series++)
        {
            var key = catalog[series];
            if (Matches(spelled.Name, key.Name) && tags.TrueForAll(tag => key.Tag(tag.Key) is { } value && Matches(tag.Value, value)))
            {
                yield return series;
            }
        }
    }

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
