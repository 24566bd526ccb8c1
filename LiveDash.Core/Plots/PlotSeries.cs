using LiveDash.Core.Model;

namespace LiveDash.Core.Plots;

/// <summary>One series of a plot. Immutable.</summary>
/// <param name="Number">Its number in the catalog.</param>
/// <param name="Key">Its key.</param>
/// <param name="Color">Its colour, as <see cref="SeriesColors"/> gives it on every page.</param>
public readonly record struct PlotSeries(int Number, SeriesKey Key, int Color);
