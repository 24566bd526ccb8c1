using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots;

/// <summary>One entry of a legend.</summary>
internal readonly record struct LegendItem(string Label, Rgba Color);
