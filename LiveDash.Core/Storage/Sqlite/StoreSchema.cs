namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The tables, and the settings of a connection.</summary>
internal static class StoreSchema
{
    /// <summary>Marks the file as LiveDash's ("LvDs"); told by <c>file(1)</c>.</summary>
    public const int ApplicationId = 0x4c764473;

    /// <summary>The version of the tables below; a newer file is refused, an older one would be migrated here.</summary>
    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tags TEXT NOT NULL);
        -- One row a commit: its points in columns, in the order of arrival; id is that of its first point.
        CREATE TABLE log (id INTEGER PRIMARY KEY, points INTEGER NOT NULL, body BLOB NOT NULL);
        -- Sealed points of one series, ordered by (time, id). The bodies stand apart, so that reading all headers at start touches few pages.
        CREATE TABLE block (
            id INTEGER PRIMARY KEY, series INTEGER NOT NULL, points INTEGER NOT NULL, bytes INTEGER NOT NULL,
            min_time INTEGER NOT NULL, max_time INTEGER NOT NULL, max_id INTEGER NOT NULL, senders INTEGER NOT NULL,
            min_x REAL, min_y REAL, max_x REAL, max_y REAL);
        CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE document (kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (kind, id));
        CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Sets up the writer's connection and makes the tables where they are missing.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote the file.</exception>
    public static void Prepare(SqliteConnection connection, long? maxPages)
    {
        var version = connection.Scalar("PRAGMA user_version");
        if (version > Version)
        {
            throw new StoreUnavailableException(
                $"The database was written by a newer LiveDash (format {version}, this one knows {Version}). Start that version, or set LiveDash:DataDirectory.");
        }

        // Both take effect only before the first table is made.
        if (version == 0) connection.Execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL;");
        // FULL: a commit returns after its log pages are synced, which is what makes an acknowledgement mean "kept". The writer checkpoints.
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -4096;");
        connection.Execute("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA journal_size_limit = 67108864;");
        if (maxPages is { } pages) connection.Execute($"PRAGMA max_page_count = {pages};");
        if (version == 0)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");
        }
    }

    /// <summary>Sets up a reader's connection: a small cache, because block bodies are read once and passed on.</summary>
    public static void PrepareReader(SqliteConnection connection) => connection.Execute("PRAGMA cache_size = -256; PRAGMA query_only = ON;");
}
