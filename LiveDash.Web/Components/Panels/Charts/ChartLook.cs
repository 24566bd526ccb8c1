namespace LiveDash.Web.Components.Panels.Charts;

/// <summary>How a chart looks on screen, as js/shell.js tells it.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Dark">True in the dark theme.</param>
/// <param name="Colors">The colours of its lines, by their full names; empty where it is no chart.</param>
public sealed record ChartLook(int Width, int Height, bool Dark, IReadOnlyDictionary<string, int> Colors);
