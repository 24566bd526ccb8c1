using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Reads what a file holds when it is opened.</summary>
internal static class StoreReading
{
    /// <summary>Reads series, the headers of sealed blocks and the log.</summary>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    public static void Load(SqliteConnection connection, StoreContents contents)
    {
        using (var series = connection.Prepare("SELECT id, name, tags FROM series ORDER BY id"))
        {
            while (series.Step()) contents.AddSeries(series.Long(0), series.Text(1), series.Text(2));
        }

        contents.RaiseLastId(connection.Scalar("SELECT value FROM state WHERE key = 'last_id'"));
        ReadBlocks(connection, contents);
        using var log = connection.Prepare("SELECT id, points, body FROM log ORDER BY id");
        while (log.Step()) contents.AddLog(log.Long(0), log.Long(1), log.Blob(2));
    }

    private static void ReadBlocks(SqliteConnection connection, StoreContents contents)
    {
        using var rows = connection.Prepare(
            "SELECT id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y FROM block ORDER BY id");
        while (rows.Step())
        {
            var (points, bytes, minX) = (rows.Long(2), rows.Long(3), rows.Real(8));
            var box = double.IsNaN(minX) ? (BoundingBox?)null : new BoundingBox(minX, rows.Real(9), rows.Real(10), rows.Real(11));
            contents.AddBlock(
                rows.Long(1), points, bytes,
                new BlockHeader(rows.Long(0), (int)points, unchecked((int)bytes), rows.Long(4), rows.Long(5), rows.Long(6), rows.Long(7) != 0, box));
        }

        contents.EndBlocks();
    }
}
