using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Live;

/// <summary>What a live expression yielded. Immutable.</summary>
/// <param name="Number">Counts from 1; what lies between two that were read was newer values' past.</param>
/// <param name="At">The moment of evaluation in UTC ticks.</param>
/// <param name="Took">How long it took, in ticks.</param>
/// <param name="Result">The answer; null where there was none.</param>
/// <param name="Fault">Why there was none.</param>
public sealed record LiveUpdate(long Number, long At, long Took, QueryResult? Result, QueryException? Fault);
