using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs;

/// <summary>The states of one series over a range. Immutable.</summary>
/// <param name="Key">The series.</param>
/// <param name="Stretches">Times in UTC ticks and what it was then, ascending; no two neighbours are the same.</param>
public sealed record QuickStrip(SeriesKey Key, IReadOnlyList<(long From, long To, string Text)> Stretches);
