namespace LiveDash.Core.Storage.Blocks;

/// <summary>Where a group stands in a block's body, and the times it covers (both inclusive).</summary>
internal readonly record struct BlockGroup(int Offset, int Length, int Points, long MinTime, long MaxTime);
