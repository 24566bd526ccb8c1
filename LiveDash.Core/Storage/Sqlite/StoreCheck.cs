using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Reads a whole database and says what in it is damaged, without changing anything. Stateless.</summary>
internal static class StoreCheck
{
    // SQLite's own check names so many faults at most; after those the rest is no news.
    private const int MostFaults = 100;

    /// <summary>Checks the database at a path that nobody has open.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="write">Whether a log beside it is taken up first; false for a backup, which has none and may be on a disk for reading.</param>
    /// <returns>A sentence for each fault; empty where all is sound.</returns>
    public static IReadOnlyList<string> Run(string path, bool write = true)
    {
        var faults = new List<string>();
        SqliteConnection connection;
        try
        {
            connection = SqliteConnection.Open(path, write);
        }
        catch (SqliteFailure e)
        {
            return [$"The file cannot be opened: {e.Message}"];
        }

        using (connection)
        {
            // Made, and cut off before its tables were: nothing was ever kept in it.
            if (IsEmpty(connection)) return faults;
            Try(faults, "The file's order", () =>
            {
                using var rows = connection.Prepare($"PRAGMA integrity_check({MostFaults})");
                while (rows.Step())
                {
                    if (rows.Text(0) != "ok") faults.Add(rows.Text(0));
                }
            });
            Try(faults, "The series", () => SeriesTable.Load(connection, static (_, _, _) => { }));
            Try(faults, "The headers of blocks", () => BlockTable.Load(connection, static (_, _) => { }));
            Try(faults, "The documents", () => DocumentTable.Verify(connection));
            foreach (var table in (string[])["document", "document_copy"]) Try(faults, "The documents", () => CheckDocuments(connection, table, faults));
            Try(faults, "The commits", () => CheckRows(connection, "log", "SELECT id, body FROM log", path, faults, static bytes => LogCodec.Decode(bytes, new PointGroup())));
            Try(faults, "The blocks", () => CheckRows(connection, "body", "SELECT id, bytes FROM body", path, faults, static bytes => BlockCodec.ReadDirectory(bytes)));
            Try(faults, "The blocks", () =>
            {
                var missing = connection.Scalar("SELECT count(*) FROM block WHERE id NOT IN (SELECT id FROM body)");
                if (missing > 0) faults.Add($"{missing} blocks have no body.");
            });
        }

        return faults;
    }

    private static bool IsEmpty(SqliteConnection connection)
    {
        try
        {
            return connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        }
        catch (SqliteFailure)
        {
            return false;
        }
    }

    private static void CheckDocuments(SqliteConnection connection, string table, List<string> faults)
    {
        using var rows = connection.Prepare($"SELECT kind, id, body, sum FROM {table} NOT INDEXED");
        while (rows.Step())
        {
            if (rows.Long(3) != RowChecks.OfDocument(rows.Text(0), rows.Text(1), rows.Blob(2))) faults.Add($"{table}: {rows.Text(0)} '{rows.Text(1)}' is damaged.");
        }
    }

    private static void CheckRows(SqliteConnection connection, string table, string sql, string path, List<string> faults, Action<byte[]> check)
    {
        var root = (int)connection.Scalar($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
        var bad = new List<(long Id, string Why)>();
        using (var rows = connection.Prepare(sql))
        {
            while (rows.Step())
            {
                try
                {
                    check(rows.Blob(1).ToArray());
                }
                catch (InvalidDataException e)
                {
                    bad.Add((rows.Long(0), e.Message));
                }
            }
        }

        if (bad.Count == 0) return;
        using var file = PageFile.Open(path);
        foreach (var (id, why) in bad) faults.Add($"{table} {id} on page {string.Join(", ", file.Find(root, id)?.Pages ?? [])}: {why}");
    }

    private static void Try(List<string> faults, string what, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is SqliteFailure or InvalidDataException)
        {
            faults.Add($"{what}: {e.Message}");
        }
    }
}
