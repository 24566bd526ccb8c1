using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Live;

/// <summary>The colours of an expression's lines. Stateless.</summary>
public static class ExpressionColors
{
    /// <summary>The colour of a line that joins others: of a series under its own name the one that it has everywhere, of any other the first of those that fewest lines have.</summary>
    /// <param name="catalog">Knows the colours of series.</param>
    /// <param name="labels">What the line is of.</param>
    /// <param name="others">The colours of the lines before it.</param>
    public static int Next(SeriesCatalog catalog, LabelSet labels, IEnumerable<int> others)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        if (labels.Name.Length > 0 && catalog.TryFind(new SeriesKey(labels.Name, labels.WithoutName().Pairs), out var series)) return catalog.Colors[series];
        var used = new int[SeriesColors.Count];
        foreach (var color in others) used[color]++;
        return Array.IndexOf(used, used.Min());
    }
}
