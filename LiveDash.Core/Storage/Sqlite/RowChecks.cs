using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// The checksum (CRC-32C) that stands in each row of what is kept twice: over all that the row says, so that a byte that flips within it is noticed though SQLite
/// itself reads on. Stateless, so safe on any thread.
/// </summary>
internal static class RowChecks
{
    /// <summary>Of a series.</summary>
    public static long OfSeries(long id, string name, string tags)
    {
        var row = new BlobWriter();
        row.Zigzag(id);
        Text(row, name);
        Text(row, tags);
        return BlobWriter.Checksum(row.Written);
    }

    /// <summary>Of a document.</summary>
    public static long OfDocument(string kind, string id, ReadOnlySpan<byte> body)
    {
        var row = new BlobWriter();
        Text(row, kind);
        Text(row, id);
        row.Raw(body);
        return BlobWriter.Checksum(row.Written);
    }

    /// <summary>Of a block's header.</summary>
    public static long OfBlock(int series, BlockHeader block)
    {
        var row = new BlobWriter();
        row.Raw<long>([block.Id, series, block.Points, block.Bytes, block.MinTime, block.MaxTime, block.MaxId, block.Marks]);
        if (block.Box is { } box) row.Raw<double>([box.MinX, box.MinY, box.MaxX, box.MaxY]);
        return BlobWriter.Checksum(row.Written);
    }

    private static void Text(BlobWriter row, string text)
    {
        row.Varint((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, row.Take(Encoding.UTF8.GetByteCount(text)));
    }
}
