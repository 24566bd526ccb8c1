using LiveDash.Core.Ingestion;
using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs;

/// <summary>The unit that a plot's axis names. Pure.</summary>
public static class PlotUnits
{
    /// <summary>The unit of all series where they have one and the same, as it is written beside an axis; else null.</summary>
    internal static string? Of(IReadOnlyList<PlotSeries> series) => OfNames(series.Select(static s => s.Key.Name));

    /// <summary>The same of series by their names.</summary>
    public static string? OfNames(IEnumerable<string> names)
    {
        var units = names.Select(static name => SeriesUnits.Of(name)).Distinct().Take(2).ToList();
        return units is not [var unit] ? null : unit switch
        {
            SeriesUnit.None => null,
            // Alone beside an axis there is nothing before the stroke.
            SeriesUnit.PerSecond => "1/s",
            _ => SeriesUnits.Text(unit),
        };
    }
}
