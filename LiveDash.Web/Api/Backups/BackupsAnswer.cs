using LiveDash.Core.Storage.Backups;

namespace LiveDash.Web.Api.Backups;

/// <summary>The backups there are, and when the next is due.</summary>
/// <param name="Folder">Where they are kept; null where none are made by themselves.</param>
/// <param name="IntervalSeconds">How often.</param>
/// <param name="Keep">How many are kept.</param>
/// <param name="NextAt">When the next is due.</param>
/// <param name="Last">How the last since the start went.</param>
/// <param name="Files">Those in the folder, the newest first.</param>
internal sealed record BackupsAnswer(string? Folder, double IntervalSeconds, int Keep, DateTimeOffset? NextAt, BackupOutcome? Last, IReadOnlyList<BackupFile> Files)
{
    /// <summary>As it is now.</summary>
    public static BackupsAnswer From(BackupKeeper keeper) => new(
        keeper.Options.Folder is { Length: > 0 } folder ? folder : null, keeper.Options.Interval.TotalSeconds, keeper.Options.Keep, keeper.NextAt, keeper.Last, keeper.Files());
}
