using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The embedded database: one file in the data directory, written by one connection in synced transactions.</summary>
internal sealed class SqliteDatabase : IBlockDatabase
{
    // Below this a failed write is taken for a full disk, whatever the error says (quotas, shared memory files).
    private const long ScarceBytes = 16L * 1024 * 1024;

    // Space that must be there beyond the ballast before points are taken again after a full disk.
    private const long RecoveryBytes = 8L * 1024 * 1024;

    // How many free pages within the file are given back at once: a short transaction.
    private const int VacuumPages = 4096;

    // How many bytes are written to SQLite's log before they are copied into the database.
    private const long CheckpointBytes = 8L * 1024 * 1024;

    // Beyond this the log file is cut back, waiting a moment for readers.
    private const long MaxLogBytes = 64L * 1024 * 1024;

    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreFiles _files;
    private SqliteConnection? _connection;
    private ReaderPool? _readers;
    private SqliteStatement? _insertLog;
    private SqliteStatement? _insertSeries;
    private long _sinceCheckpoint;

    /// <summary>Prepares it; nothing is touched before <see cref="Open"/>.</summary>
    public SqliteDatabase(StorageOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _files = new StoreFiles(options.DataDirectory, options.BallastBytes);
    }

    /// <inheritdoc/>
    public string Engine => SqliteNative.Version;

    /// <inheritdoc/>
    public string Place => _files.Directory;

    /// <inheritdoc/>
    public IReadOnlyList<StoreFact> Facts => [];

    /// <summary>The connection that writes; used by the writer's thread.</summary>
    internal SqliteConnection Connection => _connection ?? throw StoreEngine.NotOpen();

    private ReaderPool Readers => _readers ?? throw StoreEngine.NotOpen();

    /// <inheritdoc/>
    public void Open(StoreContents contents)
    {
        _files.Acquire();
        try
        {
            _connection = OpenOrReplace(contents);
            _insertLog = _connection.Prepare("INSERT INTO log (id, points, body) VALUES (?, ?, ?)");
            _insertSeries = _connection.Prepare("INSERT INTO series (id, name, tags) VALUES (?, ?, ?)");
            _readers = new ReaderPool(_files.Database);
            _files.TryPlaceBallast();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void WriteLog(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries)
    {
        Begin();
        try
        {
            for (var i = 0; i < newSeries.Count; i++)
            {
                _insertSeries!.Bind(1, firstSeries + i).Bind(2, newSeries[i].Name).Bind(3, SeriesText.Tags(newSeries[i])).Run();
            }

            _insertLog!.Bind(1, firstId).Bind(2, points).Bind(3, body).Run();
            // A page a row besides its bytes: the last one is not full, and the table's own pages are written too.
            Commit(body.Length + 8192);
        }
        catch
        {
            Connection.RollbackIfOpen();
            throw;
        }
    }

    /// <inheritdoc/>
    public void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId)
    {
        Begin();
        try
        {
            // First, so that the pages of the log take the blocks: sealing works on a full disk, too.
            Connection.Execute($"DELETE FROM log WHERE id <= {lastId}; INSERT OR REPLACE INTO state (key, value) VALUES ('last_id', {lastId})");
            BlockTable.Replace(Connection, changes, bodies);
            // The blocks, and about as much again for the pages of the log that become free.
            Commit(2L * bodies.Length);
        }
        catch
        {
            Connection.RollbackIfOpen();
            throw;
        }
    }

    /// <inheritdoc/>
    public void DeleteBlocks(IReadOnlyList<BlockHeader> blocks) => Transact(() => BlockTable.Delete(Connection, blocks), 64 * 1024);

    /// <inheritdoc/>
    public void WriteDocuments(IReadOnlyList<DocumentChange> changes) =>
        Transact(() => DocumentTable.Apply(Connection, changes), changes.Sum(static change => 8192L + (change.Body?.Length ?? 0)));

    /// <inheritdoc/>
    public void Probe() => Transact(() => Connection.Execute("INSERT INTO body (id, bytes) VALUES (0, zeroblob(65536)); DELETE FROM body WHERE id = 0"), 64 * 1024);

    /// <inheritdoc/>
    public void Settle(bool freed)
    {
        if (!freed && _sinceCheckpoint < CheckpointBytes) return;
        _sinceCheckpoint = 0;
        Connection.Checkpoint(truncate: false);
        if (_files.LogBytes() > MaxLogBytes) Connection.Checkpoint(truncate: true);
    }

    /// <inheritdoc/>
    public void Compact() => Transact(() => Connection.Execute($"PRAGMA incremental_vacuum({VacuumPages})"), 64 * 1024);

    /// <inheritdoc/>
    public bool TryMakeRoom()
    {
        _files.DropBallast();
        return true;
    }

    /// <inheritdoc/>
    public StoreFault? Judge(Exception failure)
    {
        if (failure is not SqliteFailure sqlite) return null;
        var free = _files.FreeBytes();
        if (sqlite.IsFull || (sqlite.IsInputOutput && free < ScarceBytes))
        {
            return new StoreFault(
                StoreFaultKind.Full, $"The disk is full ({free >> 20:N0} MiB free): new points are refused until there is space again; reading and alerting go on.");
        }

        return sqlite.IsBusy
            ? new StoreFault(StoreFaultKind.Refused, "Another program holds the database. Try again.")
            : new StoreFault(StoreFaultKind.Broken, $"Writing failed ({sqlite.Message}); nothing more is kept, so that what is on disk stays sound. Check the disk and restart.");
    }

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        var reader = Readers.Rent();
        var sound = false;
        try
        {
            var rows = reader.Body.Bind(1, block.Id);
            var found = rows.Step();
            if (found)
            {
                var blob = rows.Blob(0);
                // A row of another length is not the block we know: its checksum is wrong then, too.
                blob[..Math.Min(blob.Length, into.Length)].CopyTo(into);
                rows.Reset();
            }

            sound = true;
            return found;
        }
        catch (SqliteFailure failure) when (failure.IsCorrupt)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
        finally
        {
            if (sound) Readers.Return(reader);
            else reader.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken) =>
        Task.Run(() => Readers.Read(reader => DocumentTable.Get(reader, kind, id)), cancellationToken);

    /// <inheritdoc/>
    public Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken) =>
        Task.Run(() => Readers.Read(reader => DocumentTable.List(reader, kind)), cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> DocumentKinds() => DocumentTable.Kinds(Connection);

    /// <inheritdoc/>
    public StoreSize Measure()
    {
        var pages = Readers.Read(static reader => reader.Pages());
        return new StoreSize(_files.UsedBytes(), pages.UsedBytes, _files.FreeBytes(), pages.Free > 64 && pages.Free > pages.Total / 8);
    }

    /// <inheritdoc/>
    public void Tend(StoreState state, StoreSize size)
    {
        if (state == StoreState.Ready && size.Free > _options.BallastBytes + RecoveryBytes) _files.TryPlaceBallast();
    }

    /// <inheritdoc/>
    public bool MayHaveRoom(StoreSize size) => size.Free >= RecoveryBytes + (_files.HasBallast ? 0 : _options.BallastBytes);

    /// <summary>Copies the log into the database and closes it.</summary>
    public void Dispose()
    {
        _insertLog?.Dispose();
        _insertSeries?.Dispose();
        // Before the writer, which as the last one takes the log file away.
        _readers?.Dispose();
        try
        {
            _connection?.Checkpoint(truncate: true);
        }
        catch (SqliteFailure)
        {
            // The log stays beside the database and is read at the next start.
        }

        _connection?.Dispose();
        (_connection, _insertLog, _insertSeries) = (null, null, null);
        _files.Dispose();
    }

    private SqliteConnection OpenOrReplace(StoreContents contents)
    {
        try
        {
            return OpenFile(contents);
        }
        catch (Exception e) when (e is InvalidDataException or SqliteFailure { IsCorrupt: true })
        {
            var aside = _files.MoveAside(_time.GetUtcNow());
            contents.Report($"The database could not be read ({e.Message}). It was moved to '{aside}' and a new one begun.");
            return OpenFile(contents);
        }
    }

    private SqliteConnection OpenFile(StoreContents contents)
    {
        var connection = SqliteConnection.Open(_files.Database, write: true);
        try
        {
            StoreSchema.Prepare(connection, _options.MaxPages);
            contents.Clear();
            StoreReading.Load(connection, contents);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Transact(Action change, long bytes)
    {
        Begin();
        try
        {
            change();
            Commit(bytes);
        }
        catch
        {
            Connection.RollbackIfOpen();
            throw;
        }
    }

    private void Begin() => Connection.Execute("BEGIN IMMEDIATE");

    private void Commit(long bytes)
    {
        _options.BeforeCommit?.Invoke();
        Connection.Execute("COMMIT");
        _sinceCheckpoint += bytes;
    }
}
