namespace LiveDash.Core.Collections;

/// <summary>A mapping made from a sample, and what it makes of some of the documents.</summary>
/// <param name="Map">The mapping.</param>
/// <param name="Sampled">How many documents were looked at.</param>
/// <param name="Examples">Five of them at most.</param>
public sealed record MapSuggestion(CollectionMap Map, int Sampled, IReadOnlyList<MapExample> Examples);
