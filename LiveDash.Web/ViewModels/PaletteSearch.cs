namespace LiveDash.Web.ViewModels;

/// <summary>Finds pages, dashboards, rules and actions as one types: every word must stand in the name or behind it; the nearer to its beginning, the better. Pure.</summary>
public static class PaletteSearch
{
    /// <summary>How many of one kind are shown.</summary>
    public const int MaxOfKind = 6;

    /// <summary>What matches, kind by kind in the order given, within a kind the best first.</summary>
    /// <param name="all">Everything there is; the order of kinds is the order of their first items.</param>
    /// <param name="text">What was typed; empty matches everything.</param>
    public static IReadOnlyList<PaletteItem> Find(IEnumerable<PaletteItem> all, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. all
            .Select(item => (Item: item, Rank: Rank(item, words)))
            .Where(static one => one.Rank is not null)
            .GroupBy(static one => one.Item.Kind, StringComparer.Ordinal)
            .SelectMany(static kind => kind.OrderBy(static one => one.Rank).Take(MaxOfKind).Select(static one => one.Item))];
    }

    // 0 where each word begins the name, growing with each that only begins a word of it, stands within it, or behind it; null where one is missing.
    private static int? Rank(PaletteItem item, string[] words)
    {
        var rank = 0;
        foreach (var word in words)
        {
            var at = item.Text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at == 0) continue;
            if (at > 0) rank += char.IsLetterOrDigit(item.Text[at - 1]) ? 2 : 1;
            else if (item.Detail.Contains(word, StringComparison.OrdinalIgnoreCase)) rank += 4;
            else return null;
        }

        return rank;
    }
}
