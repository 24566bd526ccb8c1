using System.Security.Cryptography;
using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The embedded database: one file in the data directory, written by one connection in synced transactions.</summary>
internal sealed partial class SqliteDatabase : IBlockDatabase
{
    // Below this a failed write is taken for a full disk, whatever the error says (quotas, shared memory files).
    private const long ScarceBytes = 16L * 1024 * 1024;

    // Space that must be there beyond ballast and reserve before points are taken again after a full disk.
    private const long RecoveryBytes = 8L * 1024 * 1024;

    // How many free pages within the file are given back at once: a short transaction.
    private const int VacuumPages = 4096;

    // How many bytes are written to SQLite's log before they are copied into the database.
    private const long CheckpointBytes = 8L * 1024 * 1024;

    // Beyond this the log file is cut back, waiting a moment for readers.
    private const long MaxLogBytes = 64L * 1024 * 1024;

    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private StoreFiles _files;
    private SqliteConnection? _connection;
    private ReaderPool? _readers;
    private SqliteStatement? _insertLog;
    private long _sinceCheckpoint;
    private long _truncateFrom = MaxLogBytes;
    private Action<string> _report = static _ => { };
    private long? _identity;
    private bool _isCompactable = true;

    /// <summary>Prepares it; nothing is touched before <see cref="Open"/>.</summary>
    public SqliteDatabase(StorageOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _files = MakeFiles();
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
        _report = contents.Report;
        foreach (var loose in _files.Acquire()) contents.Report(loose);
        try
        {
            Connect(OpenOrRepair(contents));
            Note(contents);
            _files.PlaceSpace();
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
            for (var i = 0; i < newSeries.Count; i++) SeriesTable.Insert(Connection, firstSeries + i, newSeries[i].Name, SeriesText.Tags(newSeries[i]));
            _insertLog!.Bind(1, firstId).Bind(2, points).Bind(3, body).Run();
            // A page a row besides its bytes: the last one is not full, and the table's own pages are written too.
            Commit(body.Length + 8192);
        }
        catch
        {
            Connection.RollbackIfOpen();
            throw;
        }

        if (!_files.IsReachable)
        {
            _orphanFrom = Math.Min(_orphanFrom, firstId);
            throw new StoreGoneException(_files.Directory);
        }

        _lastId = firstId + points - 1;
    }

    /// <inheritdoc/>
    public void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId)
    {
        Begin();
        try
        {
            // First, so that the pages of the log take the blocks: sealing works on a full disk, too.
            Connection.Execute($"DELETE FROM log WHERE id <= {lastId}");
            // It never goes back: blocks are rewritten, too, without anything new being sealed.
            StoreFacts.Write(Connection, StoreFacts.LastId, Math.Max(lastId, StoreFacts.Read(Connection, StoreFacts.LastId) ?? 0));
            BlockTable.Replace(Connection, changes, bodies);
            if (changes.Any(static change => change.Blocks.Any(static block => block.Step > 0))) StoreSchema.NoteSteps(Connection);
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
    public void WriteDocuments(IReadOnlyList<DocumentChange> changes)
    {
        Transact(() => DocumentTable.Apply(Connection, changes), changes.Sum(static change => 16_384L + (2 * (change.Body?.Length ?? 0))));
        if (!_files.IsReachable) throw new StoreGoneException(_files.Directory);
    }

    /// <inheritdoc/>
    public void Settle(bool freed)
    {
        if (!freed && _sinceCheckpoint < CheckpointBytes) return;
        _sinceCheckpoint = 0;
        Connection.Checkpoint(truncate: false);
        if (_files.LogBytes() <= _truncateFrom) return;
        Connection.Checkpoint(truncate: true);
        // Where a backup still reads, it is tried again when as much has come besides.
        _truncateFrom = _files.LogBytes() is var left && left > MaxLogBytes ? left + MaxLogBytes : MaxLogBytes;
    }

    /// <inheritdoc/>
    public void Compact()
    {
        try
        {
            Transact(() => Connection.Execute($"PRAGMA incremental_vacuum({VacuumPages})"), 64 * 1024);
        }
        catch (SqliteFailure failure) when (failure.IsCorrupt)
        {
            // Pages that belong to nobody since something was set apart: they keep their place until a repair.
            _isCompactable = false;
        }
    }

    /// <inheritdoc/>
    public bool TryMakeRoom(ChangeKind kind) => kind switch
    {
        ChangeKind.Frees => _files.Ballast.Drop(),
        ChangeKind.Owes => _files.Reserve.Drop(),
        _ => false,
    };

    /// <inheritdoc/>
    public StoreFault? Judge(Exception failure)
    {
        if (failure is StoreGoneException) return new StoreFault(StoreFaultKind.Away, failure.Message);
        if (failure is StoreBrokenException) return new StoreFault(StoreFaultKind.Broken, failure.Message);
        if (failure is not SqliteFailure sqlite) return null;
        // Whatever SQLite says of files that are gone, that they are gone is what matters.
        if (!_files.IsReachable) return new StoreFault(StoreFaultKind.Away, new StoreGoneException(_files.Directory).Message);
        var free = _files.FreeBytes();
        if (sqlite.IsFull || (sqlite.IsInputOutput && free < ScarceBytes))
        {
            return new StoreFault(
                StoreFaultKind.Full, $"The disk is full ({free >> 20:N0} MiB free): new points are refused until there is space again; reading and alerting go on.");
        }

        if (sqlite.IsBusy) return new StoreFault(StoreFaultKind.Refused, "Another program holds the database. Try again.");
        if (sqlite.IsCorrupt)
        {
            _damage = sqlite.Message;
            return new StoreFault(StoreFaultKind.Away, $"The database is damaged ({sqlite.Message}): it is being repaired, and takes points again after that.");
        }

        return new StoreFault(StoreFaultKind.Broken, $"Writing failed ({sqlite.Message}); nothing more is kept, so that what is on disk stays sound. Check the disk and restart.");
    }

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        var readers = Readers;
        var reader = readers.Rent();
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
            // Not this body alone: the way to it is damaged, and to others perhaps. A repair finds those that are sound.
            _damage = failure.Message;
            throw new StoreUnavailableException($"The database is damaged ({failure.Message}): it is being repaired. Ask again in a moment.", failure);
        }
        finally
        {
            if (sound) readers.Return(reader);
            else reader.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken) =>
        Task.Run(() => Readers.Read(reader => DocumentTable.Get(reader, kind, id, NoteDamage)), cancellationToken);

    /// <inheritdoc/>
    public Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken) =>
        Task.Run(() => Readers.Read(reader => DocumentTable.List(reader, kind, NoteDamage)), cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> DocumentKinds() => DocumentTable.Kinds(Connection);

    /// <inheritdoc/>
    public BackupReport BackUp(string file, CancellationToken cancellationToken) =>
        _files.IsReachable ? SqliteBackup.Make(_files.Database, file, cancellationToken) : throw new StoreUnavailableException(new StoreGoneException(_files.Directory).Message);

    /// <inheritdoc/>
    public StoreSize Measure()
    {
        var pages = Readers.Read(static reader => reader.Pages());
        return new StoreSize(_files.UsedBytes(), pages.UsedBytes, _files.FreeBytes(), _isCompactable && pages.Free > 64 && pages.Free > pages.Total / 8);
    }

    /// <inheritdoc/>
    public void Tend(StoreState state, StoreSize size)
    {
        if (!_files.IsReachable) throw new StoreGoneException(_files.Directory);
        if (_damage is { } damage && state == StoreState.Ready) throw new SqliteFailure(SQLitePCL.raw.SQLITE_CORRUPT, damage);
        if (state == StoreState.Ready && size.Free > _files.MissingSpace + RecoveryBytes) _files.PlaceSpace();
    }

    /// <inheritdoc/>
    public bool MayHaveRoom(StoreSize size) => size.Free >= RecoveryBytes + _files.MissingSpace;

    /// <summary>Copies the log into the database and closes it.</summary>
    public void Dispose()
    {
        // Before the writer, which as the last one takes the log file away.
        _readers?.Dispose();
        try
        {
            // Into files that are gone, or damaged, nothing is copied.
            if (_damage is null && _files.IsReachable) _connection?.Checkpoint(truncate: true);
        }
        catch (SqliteFailure)
        {
            // The log stays beside the database and is read at the next start.
        }

        Disconnect();
        _files.Dispose();
    }

    private StoreFiles MakeFiles() => new(_options.DataDirectory, _options.BallastBytes, _options.ReserveBytes);

    private SqliteConnection OpenOrRepair(StoreContents contents)
    {
        try
        {
            return OpenFile(contents);
        }
        catch (Exception e) when (e is InvalidDataException or SqliteFailure { IsCorrupt: true } or SqliteFailure { IsError: true })
        {
            var (aside, damages) = StoreRepair.Run(_files, _time.GetUtcNow(), e.Message);
            var connection = OpenFile(contents);
            foreach (var damage in damages) contents.Report(damage.Detail);
            contents.Report($"The database was damaged ({e.Message}). All that could be read was taken over into a new one; the old one was moved to '{aside}'.");
            return connection;
        }
    }

    private SqliteConnection OpenFile(StoreContents? contents)
    {
        _files.MakeDatabase();
        PageFile.CheckHeader(_files.Database);
        var connection = SqliteConnection.Open(_files.Database, write: true);
        try
        {
            StoreSchema.Prepare(connection, _options.MaxPages);
            DocumentTable.Verify(connection);
            StoreReading.Verify(connection);
            contents?.Clear();
            if (contents is not null) StoreReading.Load(connection, contents);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Connect(SqliteConnection connection)
    {
        _connection = connection;
        _insertLog = connection.Prepare("INSERT INTO log (id, points, body) VALUES (?, ?, ?)");
        _files.Watch();
        _readers = new ReaderPool(_files);
        _damages.Load(DocumentTable.Bodies(connection, StoreDamages.Kind));
        if (StoreFacts.Read(connection, StoreFacts.Identity) is { } identity) _identity = identity;
        else Transact(() => StoreFacts.Write(connection, StoreFacts.Identity, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8))), 8192);
    }

    // What was found while the log was read is put on record, and set apart.
    private void Note(StoreContents contents)
    {
        _identity = StoreFacts.Read(Connection, StoreFacts.Identity);
        _lastId = StoreReading.LastId(Connection);
        foreach (var lost in contents.LostCommits)
        {
            var damage = new StoreDamage
            {
                Id = StoreDamages.NewId(), FoundAt = _time.GetUtcNow(), Part = "commit", Points = lost.Points, Pages = PagesOf("log", lost.FirstId),
                Detail = $"A commit of {lost.Points} points (ids {lost.FirstId} to {lost.FirstId + lost.Points - 1}) is damaged and was set apart: {lost.Why}",
            };
            Transact(() =>
            {
                Connection.Execute($"INSERT OR REPLACE INTO quarantined_log SELECT id, points, body, {damage.FoundAt.UtcTicks} FROM log WHERE id = {lost.FirstId}; DELETE FROM log WHERE id = {lost.FirstId}");
                StoreFacts.Write(Connection, StoreFacts.LastId, _lastId);
                Put(damage);
            }, 64 * 1024);
            _damages.Put(damage);
        }
    }

    // Of documents: the sound copy was given; the next step of upkeep mends the other.
    private void NoteDamage(string what) => _damage = what;

    private void Disconnect()
    {
        _readers?.Dispose();
        _insertLog?.Dispose();
        _connection?.Dispose();
        (_connection, _insertLog) = (null, null);
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

    private void Begin()
    {
        if (!_files.IsReachable) throw new StoreGoneException(_files.Directory);
        Connection.Execute("BEGIN IMMEDIATE");
    }

    private void Commit(long bytes)
    {
        _options.BeforeCommit?.Invoke();
        Connection.Execute("COMMIT");
        _sinceCheckpoint += bytes;
    }
}
