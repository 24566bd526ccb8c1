namespace LiveDash.Web.Components.Panels.Charts;

/// <summary>How a chart looks on screen, as js/shell.js tells it.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Dark">True in the dark theme.</param>
public sealed record ChartLook(int Width, int Height, bool Dark);
