using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Series with windows over them.</summary>
/// <param name="Series">The series that have points.</param>
/// <param name="Lookup">Where the windows end.</param>
/// <param name="Range">How long they are, in ticks.</param>
internal sealed record RangeInput(IReadOnlyList<RangeSeries> Series, Lookup Lookup, long Range);
