using LiveDash.Core.Windows;

namespace LiveDash.Core.Configuration;

/// <summary>The window that the settings give a series. Immutable.</summary>
/// <param name="Spec">Which points count.</param>
/// <param name="Lateness">How late a point may be and still count where it belongs; 0 s to 1 h.</param>
public sealed record WindowChoice(WindowSpec Spec, TimeSpan Lateness);
