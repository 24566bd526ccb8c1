namespace LiveDash.Core.Alerts.Preview;

/// <summary>One of the strangest moments of the past. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="At">When its bar began, in UTC ticks.</param>
/// <param name="Score">How strange it was at the default sensitivity.</param>
/// <param name="Reason">What was strange, in words.</param>
public sealed record StrangeMoment(string Series, long At, double Score, string Reason);
