using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>The series that a panel's texts choose. Pure.</summary>
public static class PanelSeries
{
    /// <summary>The patterns; a text that is none is left out.</summary>
    public static List<SeriesPattern> Patterns(IEnumerable<string> texts) =>
        [.. texts.Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).OfType<SeriesPattern>()];

    /// <summary>The keys that they choose now, in the order of their numbers.</summary>
    public static IReadOnlyList<SeriesKey> Keys(SeriesCatalog catalog, IReadOnlyList<SeriesPattern> patterns, int limit) =>
        [.. patterns.SelectMany(catalog.Match).Distinct().Order().Take(limit).Select(series => catalog[series])];

    /// <summary>What they measure; plain numbers where they measure different things.</summary>
    public static ValueUnit CommonUnit(IReadOnlyCollection<SeriesKey> keys, IReadOnlyList<SeriesPattern> patterns)
    {
        var units = (keys.Count > 0 ? keys : [.. patterns.Select(static pattern => pattern.ExactKey)]).Select(ValueFormat.UnitOf).Distinct().Take(2).ToList();
        return units.Count == 1 ? units[0] : ValueUnit.Number;
    }
}
