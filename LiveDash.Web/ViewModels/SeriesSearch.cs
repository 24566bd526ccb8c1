using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Finds series as one types: every word must stand somewhere in the canonical text; matches at the start of the name come first.</summary>
public static class SeriesSearch
{
    /// <summary>How many are shown; the box says how many more there are.</summary>
    public const int MaxShown = 50;

    /// <summary>The series that match, at most <see cref="MaxShown"/>, and how many match in all.</summary>
    public static (IReadOnlyList<SeriesKey> Shown, int Total) Find(SeriesCatalog catalog, string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<SeriesKey>();
        var pattern = words.Length == 1 && words[0].AsSpan().ContainsAny('*', '?') && SeriesPattern.TryParse(words[0], out var read) ? read : null;
        for (var i = 0; i < catalog.Count; i++)
        {
            var key = catalog[i];
            if (pattern?.Matches(key) ?? HasAll(key.ToString(), words)) found.Add(key);
        }

        var first = words.Length > 0 ? words[0] : "";
        var shown = found
            .OrderBy(key => !key.Name.StartsWith(first, StringComparison.OrdinalIgnoreCase))
            .ThenBy(key => key.ToString(), StringComparer.OrdinalIgnoreCase)
            .Take(MaxShown);
        return ([.. shown], found.Count);
    }

    private static bool HasAll(string text, string[] words) => Array.TrueForAll(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
