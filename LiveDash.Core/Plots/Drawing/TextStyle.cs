namespace LiveDash.Core.Plots.Drawing;

/// <summary>How a text stands: its size, its colour, where its anchor lies (0 its start, 0.5 its middle, 1 its end), bold or not, and upright or turned to read upwards.</summary>
public readonly record struct TextStyle(double Size, Rgba Color, double Anchor = 0, bool Bold = false, bool Upwards = false);
