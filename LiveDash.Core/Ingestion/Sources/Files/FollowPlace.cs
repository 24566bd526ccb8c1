namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>How far a file was read. Immutable.</summary>
/// <param name="Path">Which.</param>
/// <param name="Offset">How many bytes of it are kept as points.</param>
/// <param name="HeadBytes">Of how many bytes at its beginning <paramref name="Head"/> is.</param>
/// <param name="Head">Their hash: tells the file from one that took its place, on every file system.</param>
internal sealed record FollowPlace(string Path, long Offset, int HeadBytes, ulong Head);
