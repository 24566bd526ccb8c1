namespace LiveDash.Core.Diagnostics;

/// <summary>How one background loop is doing. Immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsDegraded">True from a fault until it has gone round once more, and while it says so itself.</param>
/// <param name="Faults">How often it failed and was started again.</param>
/// <param name="LastFault">What failed last; null where nothing did.</param>
public sealed record LoopStatus(string Name, bool IsDegraded, long Faults, string? LastFault);
