namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>What one series was in the times of a snapshot. Immutable.</summary>
/// <param name="Series">Its name.</param>
/// <param name="Last">The newest value; null where it is a state.</param>
/// <param name="Text">The newest state; null where values are numbers.</param>
/// <param name="Min">The least value; null for states.</param>
/// <param name="Mean">The mean; null for states.</param>
/// <param name="Max">The greatest value; null for states.</param>
/// <param name="Count">How many points there were.</param>
public sealed record SnapshotFigure(string Series, double? Last, string? Text, double? Min, double? Mean, double? Max, long Count);
