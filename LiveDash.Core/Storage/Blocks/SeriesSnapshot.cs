namespace LiveDash.Core.Storage.Blocks;

/// <summary>One series as a scan sees it.</summary>
/// <param name="Series">Which one.</param>
/// <param name="Blocks">Its sealed blocks in the order they were made.</param>
/// <param name="Head">Its points in memory; null when there are none.</param>
internal readonly record struct SeriesSnapshot(int Series, BlockHeader[] Blocks, PointView? Head);
