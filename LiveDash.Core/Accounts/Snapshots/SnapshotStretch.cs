namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>A stretch of time in one state. Immutable.</summary>
/// <param name="From">Its begin, in UTC ticks.</param>
/// <param name="To">Its end, in UTC ticks.</param>
/// <param name="Text">The state.</param>
public sealed record SnapshotStretch(long From, long To, string Text);
