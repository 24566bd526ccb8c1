using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Reads what a file holds when it is opened.</summary>
internal static class StoreReading
{
    /// <summary>Reads series, the headers of sealed blocks and the log.</summary>
    /// <exception cref="InvalidDataException">What stands twice is damaged in one place, or the file contradicts itself.</exception>
    public static void Load(SqliteConnection connection, StoreContents contents)
    {
        SeriesTable.Load(connection, contents.AddSeries);
        contents.RaiseLastId(StoreFacts.Read(connection, StoreFacts.LastId) ?? 0);
        BlockTable.Load(connection, (series, header) => contents.AddBlock(series, header.Points, header.Bytes, header));
        contents.EndBlocks();
        using var log = connection.Prepare("SELECT id, points, body FROM log ORDER BY id");
        while (log.Step()) contents.AddLog(log.Long(0), log.Long(1), log.Blob(2));
    }

    /// <summary>Looks into what is not read at the start, as far as that costs nothing: the tables for what was set apart, and whether the bodies are where the headers say.</summary>
    /// <exception cref="InvalidDataException">The bodies are not those of the headers.</exception>
    public static void Verify(SqliteConnection connection)
    {
        connection.Scalar("SELECT count(id + points + found_at) FROM quarantined_log");
        connection.Scalar("SELECT count(id + series + points + bytes + min_time + max_time + max_id + senders + sum) FROM quarantine");
        foreach (var end in (string[])["max", "min"])
        {
            var (headers, bodies) = (connection.Scalar($"SELECT coalesce({end}(id), 0) FROM block"), connection.Scalar($"SELECT coalesce({end}(id), 0) FROM body"));
            if (headers != 0 && (end == "max" ? bodies < headers : bodies == 0 || bodies > headers)) throw new InvalidDataException("The tree of the blocks is damaged.");
        }
    }

    /// <summary>The id of the newest point that was ever committed.</summary>
    public static long LastId(SqliteConnection connection) =>
        Math.Max(StoreFacts.Read(connection, StoreFacts.LastId) ?? 0, connection.Scalar("SELECT max(id + points - 1) FROM log"));
}
