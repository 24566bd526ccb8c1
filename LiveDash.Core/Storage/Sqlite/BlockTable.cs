using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Headers of sealed blocks as rows.</summary>
internal static class BlockTable
{
    /// <summary>Writes new headers and bodies and deletes those of the blocks that were merged.</summary>
    public static void Replace(SqliteConnection connection, IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies)
    {
        using var header = connection.Prepare(
            "INSERT INTO block (id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
        using var body = connection.Prepare("INSERT INTO body (id, bytes) VALUES (?, ?)");
        var at = 0;
        foreach (var change in changes)
        {
            Delete(connection, change.Merged);
            foreach (var block in change.Blocks)
            {
                Insert(header, change.Series, block);
                body.Bind(1, block.Id).Bind(2, bodies.Slice(at, block.Bytes)).Run();
                at += block.Bytes;
            }
        }
    }

    /// <summary>Deletes headers and bodies.</summary>
    public static void Delete(SqliteConnection connection, IEnumerable<BlockHeader> blocks)
    {
        foreach (var block in blocks) connection.Execute($"DELETE FROM body WHERE id = {block.Id}; DELETE FROM block WHERE id = {block.Id}");
    }

    private static void Insert(SqliteStatement insert, int series, BlockHeader block)
    {
        var box = block.Box ?? new BoundingBox(double.NaN, double.NaN, double.NaN, double.NaN);
        insert.Bind(1, block.Id).Bind(2, series).Bind(3, block.Points).Bind(4, block.Bytes).Bind(5, block.MinTime).Bind(6, block.MaxTime)
            .Bind(7, block.MaxId).Bind(8, block.HasSenders ? 1 : 0).Bind(9, box.MinX).Bind(10, box.MinY).Bind(11, box.MaxX).Bind(12, box.MaxY).Run();
    }
}
