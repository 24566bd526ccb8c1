using SQLitePCL;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// One connection, used by one thread at a time. Straight over SQLite's C interface instead of ADO.NET: blobs are read as spans without a
/// copy or a box, and the extended result codes decide between "full" and "broken".
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int BusyWaitMs = 5_000;
    private const int TruncateWaitMs = 250;

    private readonly sqlite3 _db;

    private SqliteConnection(sqlite3 db) => _db = db;

    /// <summary>Opens the database file for writing (made where missing) or reading alone.</summary>
    /// <exception cref="SqliteFailure">It cannot be opened.</exception>
    public static SqliteConnection Open(string path, bool write)
    {
        _ = SqliteNative.Version;
        var flags = raw.SQLITE_OPEN_NOMUTEX | (write ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY);
        var code = raw.sqlite3_open_v2(path, out var db, flags, null);
        var connection = new SqliteConnection(db);
        if (code != raw.SQLITE_OK)
        {
            var failure = connection.Failure(code);
            connection.Dispose();
            throw failure;
        }

        raw.sqlite3_extended_result_codes(db, 1);
        raw.sqlite3_busy_timeout(db, BusyWaitMs);
        return connection;
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_db, sql);
        if (code != raw.SQLITE_OK) throw Failure(code);
    }

    /// <summary>Prepares one statement; the caller disposes it before the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_db, sql, out var statement);
        return code == raw.SQLITE_OK ? new SqliteStatement(this, statement) : throw Failure(code);
    }

    /// <summary>Runs a query for one number; 0 where there is no row.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>
    /// Copies what the log file holds into the database as far as readers allow, without waiting for them. Truncating waits for readers of a
    /// moment ago and leaves an empty file.
    /// </summary>
    /// <returns>How many pages the log file holds, and how many of them are copied.</returns>
    public (int InLog, int Copied) Checkpoint(bool truncate)
    {
        // A backup reads for minutes; the writer must not wait for it.
        if (truncate) raw.sqlite3_busy_timeout(_db, TruncateWaitMs);
        var mode = truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        var code = raw.sqlite3_wal_checkpoint_v2(_db, "main", mode, out var inLog, out var copied);
        if (truncate) raw.sqlite3_busy_timeout(_db, BusyWaitMs);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY)) throw Failure(code);
        return (inLog, copied);
    }

    /// <summary>Breaks off what runs; to be called on any thread while the connection is open.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_db);

    /// <summary>Rolls back if a transaction is open; never throws.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(_db) == 0) _ = raw.sqlite3_exec(_db, "ROLLBACK");
    }

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_close_v2(_db);

    /// <summary>What went wrong.</summary>
    internal SqliteFailure Failure(int code)
    {
        var extended = raw.sqlite3_extended_errcode(_db);
        return new SqliteFailure((extended & 0xff) == (code & 0xff) ? extended : code, raw.sqlite3_errmsg(_db).utf8_to_string());
    }
}
