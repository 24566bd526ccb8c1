using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Headers of sealed blocks as rows.</summary>
internal static class BlockTable
{
    /// <summary>Writes one, by a prepared statement with all columns in the table's order.</summary>
    public static void Insert(SqliteStatement insert, int series, BlockHeader block)
    {
        var box = block.Box ?? new BoundingBox(double.NaN, double.NaN, double.NaN, double.NaN);
        insert.Bind(1, block.Id).Bind(2, series).Bind(3, block.Points).Bind(4, block.Bytes).Bind(5, block.MinTime).Bind(6, block.MaxTime)
            .Bind(7, block.MaxId).Bind(8, block.HasSenders ? 1 : 0).Bind(9, box.MinX).Bind(10, box.MinY).Bind(11, box.MaxX).Bind(12, box.MaxY).Run();
    }

    /// <summary>Deletes headers and bodies.</summary>
    public static void Delete(SqliteConnection connection, IEnumerable<BlockHeader> blocks)
    {
        foreach (var block in blocks) connection.Execute($"DELETE FROM body WHERE id = {block.Id}; DELETE FROM block WHERE id = {block.Id}");
    }

    /// <summary>Reads all into an index.</summary>
    /// <exception cref="InvalidDataException">One names an unknown series, or says something impossible.</exception>
    public static void Load(SqliteConnection connection, StoreIndex index, int seriesCount)
    {
        var found = new Dictionary<int, List<BlockHeader>>();
        using var rows = connection.Prepare(
            "SELECT id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y FROM block ORDER BY id");
        while (rows.Step())
        {
            var (series, points, bytes) = (rows.Long(1), rows.Long(2), rows.Long(3));
            if (series < 0 || series >= seriesCount || points is < 1 or > BlockCodec.MaxPoints || bytes is < 1 or > int.MaxValue)
            {
                throw new InvalidDataException($"The header of block {rows.Long(0)} is damaged.");
            }

            var minX = rows.Real(8);
            var box = double.IsNaN(minX) ? (BoundingBox?)null : new BoundingBox(minX, rows.Real(9), rows.Real(10), rows.Real(11));
            if (!found.TryGetValue((int)series, out var list)) found.Add((int)series, list = []);
            list.Add(new BlockHeader(rows.Long(0), (int)points, (int)bytes, rows.Long(4), rows.Long(5), rows.Long(6), rows.Long(7) != 0, box));
        }

        foreach (var (series, list) in found) index.AddBlocks(series, list);
    }
}
