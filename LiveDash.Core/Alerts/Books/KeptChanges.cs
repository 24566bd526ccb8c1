namespace LiveDash.Core.Alerts.Books;

/// <summary>How often an alert has changed of late, as it is kept over a restart. Immutable.</summary>
/// <param name="At">When its episodes began and ended, in UTC ticks of the wall clock; at most six.</param>
/// <param name="IsFlapping">True once they were so many that each is no news.</param>
public sealed record KeptChanges(IReadOnlyList<long> At, bool IsFlapping);
