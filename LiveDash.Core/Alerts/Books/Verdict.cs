namespace LiveDash.Core.Alerts.Books;

/// <summary>What somebody said of a strange moment. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="At">The moment, in UTC ticks.</param>
/// <param name="Score">How strange it was at the default sensitivity.</param>
/// <param name="IsStrange">True where it was worth waking up for.</param>
public sealed record Verdict(string Series, long At, double Score, bool IsStrange);
