namespace LiveDash.Core.Ingestion.Clock;

/// <summary>How many points of a series carry a time that the server's clock showed while it was wrong. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="Points">How many.</param>
public sealed record ClockMark(string Series, long Points);
