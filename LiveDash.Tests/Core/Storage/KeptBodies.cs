using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Blocks in memory, and in which order they were read.</summary>
internal sealed class KeptBodies : IBlockBodies
{
    private readonly Dictionary<long, byte[]> _bodies = [];

    /// <summary>The numbers of those that were read.</summary>
    public List<long> Read { get; } = [];

    /// <summary>Seals points of one series.</summary>
    public BlockHeader Add(PointColumns points)
    {
        points.Sort();
        var body = new BlobWriter();
        var header = BlockCodec.Encode(points.View, 0, points.Count, body, new BlobWriter()) with { Id = _bodies.Count + 1 };
        _bodies.Add(header.Id, body.Written.ToArray());
        return header;
    }

    /// <summary>Takes one away.</summary>
    public void Remove(long block) => _bodies.Remove(block);

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        Read.Add(block.Id);
        if (!_bodies.TryGetValue(block.Id, out var body)) return false;
        body.CopyTo(into);
        return true;
    }
}
