using System.Buffers;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Reads the bodies of sealed blocks. Thread-safe.</summary>
internal sealed class BlockSource(IBlockBodies bodies, Action<int, BlockHeader, string> damaged)
{
    /// <inheritdoc cref="IBlockBodies.ReadsAhead"/>
    public bool ReadsAhead => bodies.ReadsAhead;

    /// <summary>A cursor over a block, and a hint at those that follow in the scan; null where it is gone, or damaged (which is reported once per read).</summary>
    public ScanCursor? Open(int series, BlockHeader block, ScanFilter filter, ReadOnlySpan<BlockHeader> next, out bool gone)
    {
        var body = ArrayPool<byte>.Shared.Rent(block.Bytes);
        var kept = false;
        try
        {
            gone = !bodies.TryReadBody(block, body.AsSpan(0, block.Bytes), next);
            if (gone) return null;
            var cursor = new BlockCursor(series, filter, body, block.Bytes);
            kept = true;
            return cursor;
        }
        catch (InvalidDataException e)
        {
            damaged(series, block, e.Message);
            gone = false;
            return null;
        }
        finally
        {
            if (!kept) ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Tells of a block that is not there though nothing can have removed it.</summary>
    public void Missing(int series, BlockHeader block) => damaged(series, block, "its row is missing");

    /// <summary>Adds all points of a block, in order; false where it is gone or damaged.</summary>
    public bool TryReadAll(int series, BlockHeader block, PointColumns into)
    {
        var body = ArrayPool<byte>.Shared.Rent(block.Bytes);
        try
        {
            if (!bodies.TryReadBody(block, body.AsSpan(0, block.Bytes), [])) return false;
            var groups = BlockCodec.ReadDirectory(body.AsSpan(0, block.Bytes));
            foreach (var group in groups) ReadGroup(body.AsSpan(0, block.Bytes), group, into);
            return true;
        }
        catch (InvalidDataException e)
        {
            damaged(series, block, e.Message);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static void ReadGroup(ReadOnlySpan<byte> body, BlockGroup group, PointColumns into)
    {
        var reader = BlockCodec.At(body, group);
        var flags = BlockCodec.ReadFlags(ref reader);
        var (located, sent, summed) = ((flags & GroupFlags.Locations) != 0, (flags & GroupFlags.Senders) != 0, (flags & GroupFlags.Summaries) != 0);
        var at = into.Count;
        var view = into.Take(group.Points, located, sent, summed);
        BlockCodec.ReadTimes(ref reader, view.Times.AsSpan(at, group.Points));
        PackedLongs.Decode(ref reader, view.Ids.AsSpan(at, group.Points));
        PackedDoubles.Decode(ref reader, view.Values.AsSpan(at, group.Points));
        if (located)
        {
            PackedDoubles.Decode(ref reader, view.X.AsSpan(at, group.Points));
            PackedDoubles.Decode(ref reader, view.Y.AsSpan(at, group.Points));
        }

        if (sent) reader.Raw(view.Senders.AsSpan(at, group.Points));
        if (summed) view.Summaries!.Decode(ref reader, at, group.Points);
        into.Filled(at, summed);
    }
}
