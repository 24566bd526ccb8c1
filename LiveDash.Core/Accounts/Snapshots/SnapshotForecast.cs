namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>What was expected of a series when a snapshot was made. Immutable.</summary>
/// <param name="Series">Its name.</param>
/// <param name="At">Of when, in UTC ticks.</param>
/// <param name="Value">What was expected; null where it could not be told yet.</param>
/// <param name="Low">The lower end of its 95 % band.</param>
/// <param name="High">The upper end.</param>
/// <param name="Target">The value of which was asked when it is reached; null for none.</param>
/// <param name="Reach">When that is, in words; null for none.</param>
public sealed record SnapshotForecast(string Series, long At, double? Value, double? Low, double? High, double? Target, string? Reach);
