using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs;

/// <summary>What one series was within a range. Immutable.</summary>
/// <param name="Key">The series.</param>
/// <param name="Last">The newest value; of a state its number.</param>
/// <param name="Text">The newest state; null where values are numbers.</param>
/// <param name="Min">The least value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="Count">How many points there were; at least 1.</param>
public sealed record QuickFigure(SeriesKey Key, double Last, string? Text, double Min, double Mean, double Max, long Count);
