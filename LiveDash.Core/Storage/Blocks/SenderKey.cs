namespace LiveDash.Core.Storage.Blocks;

/// <summary>What makes a point with a sender's id the same as another.</summary>
internal readonly record struct SenderKey(int Series, long Ticks, ulong Sender);
