namespace LiveDash.Core.Ingestion.Files;

/// <summary>Where a row of CSV begins.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="TooLong">True where it is longer than allowed, and nothing of it was given.</param>
internal readonly record struct CsvRow(long Line, bool TooLong);
