namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>The states of one series over the times of a snapshot. Immutable.</summary>
/// <param name="Series">Its name.</param>
/// <param name="Stretches">What it was when, ascending.</param>
public sealed record SnapshotStrip(string Series, IReadOnlyList<SnapshotStretch> Stretches);
