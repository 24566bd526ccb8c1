using LiveDash.Core.Model;

namespace LiveDash.Core.Plots;

/// <summary>One series of a plot: its number in the catalog and its key. Immutable.</summary>
public readonly record struct PlotSeries(int Number, SeriesKey Key);
