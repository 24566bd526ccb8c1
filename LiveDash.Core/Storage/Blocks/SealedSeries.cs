namespace LiveDash.Core.Storage.Blocks;

/// <summary>What sealing changes in one series.</summary>
/// <param name="Series">Which one.</param>
/// <param name="HeadPoints">How many points of the head, from its beginning, are in the new blocks.</param>
/// <param name="Merged">The newest blocks that are in the new ones, too, and go.</param>
/// <param name="Blocks">The new blocks.</param>
internal sealed record SealedSeries(int Series, int HeadPoints, IReadOnlyList<BlockHeader> Merged, IReadOnlyList<BlockHeader> Blocks);
