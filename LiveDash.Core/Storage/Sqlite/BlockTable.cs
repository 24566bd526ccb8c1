using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Headers of sealed blocks as rows, each kept twice. Stateless.</summary>
internal static class BlockTable
{
    /// <summary>What <see cref="Header"/> reads, in its order.</summary>
    public const string Columns = "id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y";

    private static readonly string[] s_tables = ["block", "block_copy"];

    /// <summary>Writes one.</summary>
    public static void Insert(SqliteConnection connection, int series, BlockHeader block)
    {
        foreach (var table in s_tables) Insert(connection, table, series, block);
    }

    /// <summary>Writes one into one of the tables, unless it stands there.</summary>
    public static void Insert(SqliteConnection connection, string table, int series, BlockHeader block)
    {
        using var row = connection.Prepare(InsertInto(table));
        Insert(row, series, block);
    }

    /// <summary>Writes new headers and bodies and deletes those of the blocks that were merged.</summary>
    public static void Replace(SqliteConnection connection, IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies)
    {
        // A body of the same number is one that was set apart, and its header with it.
        using var body = connection.Prepare("INSERT OR REPLACE INTO body (id, bytes) VALUES (?, ?)");
        using var header = connection.Prepare(InsertInto("block"));
        using var copy = connection.Prepare(InsertInto("block_copy"));
        using var noBody = connection.Prepare("DELETE FROM body WHERE id = ?");
        using var noHeader = connection.Prepare("DELETE FROM block WHERE id = ?");
        using var noCopy = connection.Prepare("DELETE FROM block_copy WHERE id = ?");
        var at = 0;
        foreach (var change in changes)
        {
            foreach (var block in change.Merged)
            {
                noBody.Bind(1, block.Id).Run();
                noHeader.Bind(1, block.Id).Run();
                noCopy.Bind(1, block.Id).Run();
            }

            foreach (var block in change.Blocks)
            {
                Insert(header, change.Series, block);
                Insert(copy, change.Series, block);
                body.Bind(1, block.Id).Bind(2, bodies.Slice(at, block.Bytes)).Run();
                at += block.Bytes;
            }
        }
    }

    /// <summary>Deletes headers and bodies.</summary>
    public static void Delete(SqliteConnection connection, IEnumerable<BlockHeader> blocks)
    {
        foreach (var block in blocks)
        {
            DeleteBody(connection, block.Id);
            DeleteHeader(connection, block.Id);
        }
    }

    /// <summary>Deletes a body.</summary>
    public static void DeleteBody(SqliteConnection connection, long id) => connection.Execute($"DELETE FROM body WHERE id = {id}");

    /// <summary>Deletes a header, in both places.</summary>
    public static void DeleteHeader(SqliteConnection connection, long id) =>
        connection.Execute($"DELETE FROM block WHERE id = {id}; DELETE FROM block_copy WHERE id = {id}");

    /// <summary>The header of a row of <see cref="Columns"/>.</summary>
    public static BlockHeader Header(SqliteStatement row)
    {
        var minX = row.Real(8);
        var box = double.IsNaN(minX) ? (BoundingBox?)null : new BoundingBox(minX, row.Real(9), row.Real(10), row.Real(11));
        var (hasSenders, step) = BlockHeader.OfMarks(row.Long(7));
        return new BlockHeader(row.Long(0), (int)row.Long(2), (int)row.Long(3), row.Long(4), row.Long(5), row.Long(6), hasSenders, box, step);
    }

    /// <summary>Whether a header can be true.</summary>
    public static bool IsPlausible(long series, BlockHeader block, long sum) =>
        series is >= 0 and <= int.MaxValue && block.Points is >= 1 and <= BlockCodec.MaxPoints && block.Bytes >= 1 && sum == RowChecks.OfBlock((int)series, block);

    /// <summary>Reads all.</summary>
    /// <exception cref="InvalidDataException">One is damaged, or missing in one of the two copies.</exception>
    public static void Load(SqliteConnection connection, Action<int, BlockHeader> take)
    {
        var count = 0;
        using var rows = connection.Prepare($"SELECT {Columns}, sum FROM block ORDER BY id");
        while (rows.Step())
        {
            var (series, header) = (rows.Long(1), Header(rows));
            if (!IsPlausible(series, header, rows.Long(12))) throw new InvalidDataException($"The header of block {rows.Long(0)} is damaged.");
            take((int)series, header);
            count++;
        }

        if (connection.Scalar("SELECT count(*) FROM block_copy") != count) throw new InvalidDataException("The two copies of the blocks' headers differ.");
    }

    private static string InsertInto(string table) => $"INSERT OR IGNORE INTO {table} ({Columns}, sum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private static void Insert(SqliteStatement row, int series, BlockHeader block)
    {
        var box = block.Box ?? new BoundingBox(double.NaN, double.NaN, double.NaN, double.NaN);
        row.Bind(1, block.Id).Bind(2, series).Bind(3, block.Points).Bind(4, block.Bytes).Bind(5, block.MinTime).Bind(6, block.MaxTime)
            .Bind(7, block.MaxId).Bind(8, block.Marks).Bind(9, box.MinX).Bind(10, box.MinY).Bind(11, box.MaxX).Bind(12, box.MaxY)
            .Bind(13, RowChecks.OfBlock(series, block)).Run();
    }
}
