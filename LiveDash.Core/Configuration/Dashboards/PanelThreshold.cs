namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>A border that a person drew on a panel; values beyond it take its colour. Immutable.</summary>
/// <param name="Value">Where it lies; finite.</param>
/// <param name="Color">What it says of the values beyond.</param>
/// <param name="IsBelow">True where the values below it are meant, not those above.</param>
public sealed record PanelThreshold(double Value, ThresholdColor Color, bool IsBelow = false);
