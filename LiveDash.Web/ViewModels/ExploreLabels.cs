using LiveDash.Core.Jobs;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>What the axes of explored points are called, and the colours of their series, as the browser's script takes them. Immutable.</summary>
/// <param name="X">The horizontal axis of locations.</param>
/// <param name="Y">The vertical axis of locations.</param>
/// <param name="Value">The values, with their unit where all chosen series have one and the same.</param>
/// <param name="Slots">The colour of each chosen series, as <see cref="SeriesColors"/> gives it everywhere; of the first <see cref="MostSlots"/>.</param>
public sealed record ExploreLabels(string X, string Y, string Value, IReadOnlyDictionary<string, int> Slots)
{
    /// <summary>Of so many series the colour is told; the script goes on in order.</summary>
    public const int MostSlots = 200;

    /// <summary>The labels of points whose series nobody knows here.</summary>
    public static ExploreLabels Plain { get; } = new("x", "y", "value", new Dictionary<string, int>());

    /// <summary>The labels of series of the catalog.</summary>
    public static ExploreLabels Of(IReadOnlyCollection<int> series, SeriesCatalog catalog)
    {
        var unit = PlotUnits.OfNames(series.Select(number => catalog[number].Name));
        var slots = series.Order().Take(MostSlots).ToDictionary(number => catalog[number].ToString(), number => catalog.Colors[number], StringComparer.Ordinal);
        return new("x", "y", unit is null ? "value" : $"value, {unit}", slots);
    }
}
