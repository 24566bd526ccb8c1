namespace LiveDash.Core.Query.Data;

/// <summary>A series of an answer. Immutable; the arrays are the answer's own.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Times">UTC ticks, ascending: of an instant vector the moment of evaluation alone.</param>
/// <param name="Values">One a time; may be infinite or not a number.</param>
public sealed record QueryPoints(LabelSet Labels, ReadOnlyMemory<long> Times, ReadOnlyMemory<double> Values);
