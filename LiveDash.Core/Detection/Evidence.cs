namespace LiveDash.Core.Detection;

/// <summary>The largest evidence at a moment, with the two numbers that put it in words.</summary>
/// <param name="Kind">What is strange.</param>
/// <param name="Weight">Its part of the strangeness, 0 to <see cref="BarStrangeness.MostWeight"/>.</param>
/// <param name="Now">What was seen: a value, a ratio or a count of bars, by kind.</param>
/// <param name="Low">The lower edge of what is usual, or the usual figure where there is but one.</param>
/// <param name="High">The upper edge of what is usual, or the usual figure; of a cycle its bars.</param>
public readonly record struct Evidence(EvidenceKind Kind, double Weight, double Now, double Low, double High);
