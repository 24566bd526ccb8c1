namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>How one listener is at one moment. Immutable.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Configured">What the settings ask for; empty for off.</param>
/// <param name="Bound">Where it listens, with the true port, or null.</param>
/// <param name="Error">Why it does not listen though it should, or null.</param>
/// <param name="Open">Connections now.</param>
/// <param name="Accepted">Connections since the start.</param>
/// <param name="Closed">Connections that the listener refused or closed, by reason.</param>
public sealed record ListenerSnapshot(
    ListenerSpec Spec, string Configured, string? Bound, string? Error, int Open, long Accepted, IReadOnlyDictionary<string, long> Closed);
