namespace LiveDash.Core.Ingestion;

/// <summary>A point that was kept before under the same sender's id, with another value.</summary>
/// <param name="SenderId">The sender's id; for a row of a file its name and line.</param>
/// <param name="Kept">The value that is kept.</param>
/// <param name="Sent">The value that came now.</param>
public readonly record struct KeptBefore(string SenderId, double Kept, double Sent);
