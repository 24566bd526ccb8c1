namespace LiveDash.Core.Ingestion;

/// <summary>What became of a queued batch, exactly: its points were kept, or repeated, or, where <paramref name="Outcome"/> says so, lost.</summary>
/// <param name="Outcome">What the store said.</param>
/// <param name="Repeated">Points that were kept before.</param>
/// <param name="Replaced">Points that took the place of others; a part of those kept.</param>
/// <param name="Told">Points kept before with another value, the first of them.</param>
public readonly record struct StoreResult(StoreOutcome Outcome, int Repeated = 0, int Replaced = 0, IReadOnlyList<KeptBefore>? Told = null);
