using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>One body for every block, and a count of the blocks that were told of before they were wanted.</summary>
internal sealed class ToldBodies(byte[] body, bool readsAhead) : IBlockBodies
{
    /// <summary>How many were told of.</summary>
    public int Told { get; private set; }

    /// <inheritdoc/>
    public bool ReadsAhead => readsAhead;

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        Told += next.Length;
        body.CopyTo(into);
        return true;
    }
}
