using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>A series that a selector chose.</summary>
/// <param name="Id">Its number in its source.</param>
/// <param name="Labels">Its labels.</param>
internal readonly record struct SourceSeries(int Id, LabelSet Labels);
