namespace LiveDash.Core.Plots.Axes;

/// <summary>A mark on an axis.</summary>
/// <param name="Share">Where: 0 at the axis' beginning, 1 at its end.</param>
/// <param name="Label">What it says; empty for a mark alone.</param>
/// <param name="Strong">True where a larger unit begins, such as midnight among hours.</param>
internal readonly record struct Tick(double Share, string Label, bool Strong = false);
