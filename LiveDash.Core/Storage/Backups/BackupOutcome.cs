namespace LiveDash.Core.Storage.Backups;

/// <summary>How a backup went.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Report">What it holds; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it is there.</param>
/// <param name="Removed">The older ones that went for it.</param>
public sealed record BackupOutcome(DateTimeOffset At, TimeSpan Took, BackupReport? Report, string? Fault, IReadOnlyList<string> Removed);
