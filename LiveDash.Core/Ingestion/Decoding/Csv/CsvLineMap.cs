namespace LiveDash.Core.Ingestion.Decoding.Csv;

/// <summary>Which column of a growing file of CSV means what. Immutable.</summary>
/// <param name="Series">The series, or the beginning of its name where there are several value columns.</param>
/// <param name="Time">The column with the time; empty for the time of reading.</param>
/// <param name="Tags">The columns that are tags.</param>
/// <param name="Values">The columns that are values; none for all others.</param>
public sealed record CsvLineMap(string Series, string Time, IReadOnlyList<string> Tags, IReadOnlyList<string> Values);
