namespace LiveDash.Core.Alerts.Testing;

/// <summary>The alerts of a name that must fire at a moment, and no others. Immutable.</summary>
/// <param name="At">The moment, in ticks since the beginning.</param>
/// <param name="Name">The alerts' name.</param>
/// <param name="Alerts">Labels but the name, and annotations, of each.</param>
public sealed record ExpectedAlerts(long At, string Name, IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)> Alerts);
