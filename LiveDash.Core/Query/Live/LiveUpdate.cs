using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Live;

/// <summary>What a live expression yielded. Immutable.</summary>
/// <param name="Number">Counts from 1; what lies between two that were read was newer values' past.</param>
/// <param name="Result">The answer; null where there was none.</param>
/// <param name="Fault">Why there was none.</param>
public sealed record LiveUpdate(long Number, QueryResult? Result, QueryException? Fault);
