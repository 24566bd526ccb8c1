using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The tables, and the settings of a connection.</summary>
internal static class StoreSchema
{
    /// <summary>Marks the file as LiveDash's ("LvDs"); told by <c>file(1)</c>.</summary>
    public const int ApplicationId = 0x4c764473;

    /// <summary>The version of the tables below; a newer file is refused, an older one is brought up to it.</summary>
    public const int Version = 3;

    // What is made. A file becomes one of the version after it once the first series is rolled up: the headers say of what step then (BlockHeader.Marks), which older versions take for damage.
    private const int Plain = 2;

    // What little says how to read the rest, and what people made, stands twice, in trees that share no page: whatever page is damaged, one copy is sound. Points
    // themselves stand once.
    private const string Tables = """
        CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tags TEXT NOT NULL, sum INTEGER NOT NULL);
        CREATE TABLE series_copy (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tags TEXT NOT NULL, sum INTEGER NOT NULL);
        -- Sealed points of one series, ordered by (time, id). The bodies stand apart, so that reading all headers at start touches few pages.
        CREATE TABLE block (
            id INTEGER PRIMARY KEY, series INTEGER NOT NULL, points INTEGER NOT NULL, bytes INTEGER NOT NULL,
            min_time INTEGER NOT NULL, max_time INTEGER NOT NULL, max_id INTEGER NOT NULL, senders INTEGER NOT NULL,
            min_x REAL, min_y REAL, max_x REAL, max_y REAL, sum INTEGER NOT NULL);
        CREATE TABLE block_copy (
            id INTEGER PRIMARY KEY, series INTEGER NOT NULL, points INTEGER NOT NULL, bytes INTEGER NOT NULL,
            min_time INTEGER NOT NULL, max_time INTEGER NOT NULL, max_id INTEGER NOT NULL, senders INTEGER NOT NULL,
            min_x REAL, min_y REAL, max_x REAL, max_y REAL, sum INTEGER NOT NULL);
        -- The headers of blocks whose bodies are damaged or missing, so that a repair may find them again.
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY, series INTEGER NOT NULL, points INTEGER NOT NULL, bytes INTEGER NOT NULL,
            min_time INTEGER NOT NULL, max_time INTEGER NOT NULL, max_id INTEGER NOT NULL, senders INTEGER NOT NULL,
            min_x REAL, min_y REAL, max_x REAL, max_y REAL, sum INTEGER NOT NULL);
        -- Commits that are damaged, as they are.
        CREATE TABLE quarantined_log (id INTEGER PRIMARY KEY, points INTEGER NOT NULL, body BLOB NOT NULL, found_at INTEGER NOT NULL);
        CREATE TABLE document (kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, sum INTEGER NOT NULL, UNIQUE (kind, id));
        CREATE TABLE document_copy (kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, sum INTEGER NOT NULL, UNIQUE (kind, id));
        """;

    private const string PointTables = """
        -- One row a commit: its points in columns, in the order of arrival; id is that of its first point.
        CREATE TABLE log (id INTEGER PRIMARY KEY, points INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        """;

    /// <summary>Sets up the writer's connection, makes the tables where they are missing and brings older ones up to date.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote the file.</exception>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    public static void Prepare(SqliteConnection connection, long? maxPages)
    {
        var version = connection.Scalar("PRAGMA user_version");
        var isMade = connection.Scalar("SELECT count(*) FROM sqlite_schema") > 0;
        // Told twice, because one flipped byte would make a file of a version nobody knows.
        var said = !isMade ? 0 : connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'state'") > 0 ? 1 : StoreFacts.Read(connection, StoreFacts.Format);
        if (said != version) throw new InvalidDataException("The file's header is damaged.");
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
        // What is replaced or deleted within a page does not stay there to be read: a secret of before, for one. Pages that become free are written over as they are taken.
        connection.Execute("PRAGMA secure_delete = FAST;");
        if (maxPages is { } pages) connection.Execute($"PRAGMA max_page_count = {pages};");
        if (version == 0) Make(connection);
        else if (version < Plain) Raise(connection);
        else DocumentTable.Complete(connection);
    }

    /// <summary>Makes the tables in an empty file.</summary>
    public static void Make(SqliteConnection connection)
    {
        connection.Execute($"BEGIN IMMEDIATE; {Tables} {PointTables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Plain};");
        StoreFacts.Write(connection, StoreFacts.Format, Plain);
        connection.Execute("COMMIT");
    }

    /// <summary>Notes that headers say a step, in a transaction of the caller's.</summary>
    public static void NoteSteps(SqliteConnection connection)
    {
        if (connection.Scalar("PRAGMA user_version") >= Version) return;
        StoreFacts.Write(connection, StoreFacts.Format, Version);
        connection.Execute($"PRAGMA user_version = {Version}");
    }

    /// <summary>Sets up a reader's connection: a small cache, because block bodies are read once and passed on.</summary>
    public static void PrepareReader(SqliteConnection connection) => connection.Execute("PRAGMA cache_size = -256; PRAGMA query_only = ON;");

    // From version 1, which kept everything once and without checksums of its rows.
    private static void Raise(SqliteConnection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute("ALTER TABLE series RENAME TO series_1; ALTER TABLE block RENAME TO block_1; ALTER TABLE document RENAME TO document_1");
            connection.Execute(Tables);
            using (var series = connection.Prepare("SELECT id, name, tags FROM series_1 ORDER BY id"))
            {
                while (series.Step()) SeriesTable.Insert(connection, series.Long(0), series.Text(1), series.Text(2));
            }

            using (var blocks = connection.Prepare($"SELECT {BlockTable.Columns} FROM block_1 ORDER BY id"))
            {
                while (blocks.Step()) BlockTable.Insert(connection, (int)blocks.Long(1), BlockTable.Header(blocks));
            }

            using (var documents = connection.Prepare("SELECT kind, id, body FROM document_1"))
            {
                while (documents.Step()) DocumentTable.Put(connection, documents.Text(0), documents.Text(1), documents.Blob(2));
            }

            StoreFacts.Write(connection, StoreFacts.Format, Plain);
            StoreFacts.Write(connection, StoreFacts.LastId, connection.Scalar("SELECT value FROM state WHERE key = 'last_id'"));
            connection.Execute($"DROP TABLE series_1; DROP TABLE block_1; DROP TABLE document_1; DROP TABLE state; PRAGMA user_version = {Plain}; COMMIT");
        }
        catch
        {
            connection.RollbackIfOpen();
            throw;
        }
    }
}
