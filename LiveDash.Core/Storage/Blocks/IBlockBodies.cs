namespace LiveDash.Core.Storage.Blocks;

/// <summary>Where the bodies of sealed blocks are read. Thread-safe.</summary>
internal interface IBlockBodies
{
    /// <summary>True where a scan should tell which blocks it will ask for next: a round trip costs more than a body. What reads a file of its own has no use for it.</summary>
    bool ReadsAhead => false;

    /// <summary>Reads the body of a sealed block into the beginning of an array; false where the block is gone.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="into">Where to; as long as the block says.</param>
    /// <param name="next">The blocks that the same scan will ask for, which a database far away may read along.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next);
}
