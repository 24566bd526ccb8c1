namespace LiveDash.Core.Query.Data;

/// <summary>A series' values at the steps of a grid, <see cref="Absence.Mark"/> where it has none. Whoever made it may change the values, and nobody else.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Values">One a step.</param>
internal sealed record StepSeries(LabelSet Labels, double[] Values);
