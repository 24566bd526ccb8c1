namespace LiveDash.Core.Storage.Backups;

/// <summary>A backup in the folder.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="MadeAt">When it was begun: it holds what was acknowledged before.</param>
/// <param name="Bytes">How large it is.</param>
public sealed record BackupFile(string Name, DateTimeOffset MadeAt, long Bytes);
