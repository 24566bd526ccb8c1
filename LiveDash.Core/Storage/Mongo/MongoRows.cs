using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>How log rows and blocks stand as documents.</summary>
internal static class MongoRows
{
    /// <summary>A log row: <c>{_id, f: first point's id, n: points, w: writer, k: its own number, b}</c>.</summary>
    public static RawDocument Log(RawDocument into, long row, long firstId, int points, long writer, long nonce, ReadOnlySpan<byte> body) =>
        into.Begin().Long("_id", row).Long("f", firstId).Long("n", points).Long("w", writer).Long("k", nonce).Binary("b", body).End();

    /// <summary>A block: <c>{_id, g: generation, w: writer, s: series, n, c: bytes, t0, t1, m: greatest id, u: 1 with senders' ids and twice the milliseconds of which its rows are summaries, x0, y0, x1, y1, b}</c>.</summary>
    public static RawDocument Block(RawDocument into, int series, BlockHeader block, long generation, long writer, ReadOnlySpan<byte> body)
    {
        into.Begin().Long("_id", block.Id).Long("g", generation).Long("w", writer).Long("s", series).Long("n", block.Points).Long("c", block.Bytes)
            .Long("t0", block.MinTime).Long("t1", block.MaxTime).Long("m", block.MaxId).Long("u", block.Marks);
        if (block.Box is { } box) into.Double("x0", box.MinX).Double("y0", box.MinY).Double("x1", box.MaxX).Double("y1", box.MaxY);
        return into.Binary("b", body).End();
    }

    /// <summary>A block's header, read without its body.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Block"/> writes.</exception>
    public static void ReadBlock(BsonDocument row, StoreContents contents)
    {
        var (series, points, bytes, header) = Header(row);
        contents.AddBlock(series, points, bytes, header);
    }

    /// <summary>The same as it stands there.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Block"/> writes.</exception>
    public static (long Series, long Points, long Bytes, BlockHeader Header) Header(BsonDocument row)
    {
        try
        {
            var (points, bytes) = (row["n"].AsInt64, row["c"].AsInt64);
            var box = row.Contains("x0") ? new BoundingBox(row["x0"].AsDouble, row["y0"].AsDouble, row["x1"].AsDouble, row["y1"].AsDouble) : (BoundingBox?)null;
            var (hasSenders, step) = BlockHeader.OfMarks(row["u"].AsInt64);
            return (row["s"].AsInt64, points, bytes, new BlockHeader(row["_id"].AsInt64, (int)points, unchecked((int)bytes), row["t0"].AsInt64, row["t1"].AsInt64, row["m"].AsInt64, hasSenders, box, step));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidCastException)
        {
            throw new InvalidDataException($"The header of block {row["_id"]} is damaged.", e);
        }
    }
}
