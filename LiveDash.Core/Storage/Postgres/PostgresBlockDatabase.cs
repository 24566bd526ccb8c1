using System.Globalization;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>
/// A schema of a PostgreSQL database: log rows, blocks and documents as rows with binary bodies, written by one connection in synced transactions.
/// docs/STORES.md tells what stands where and what is promised.
/// </summary>
internal sealed class PostgresBlockDatabase(PostgresStoreOptions options, TimeProvider time) : IBlockDatabase
{
    private const string Sizes = """
        SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint, coalesce(sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname = 'document'), 0)::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'
        """;

    // Written and undone when the store asks whether there is space: more than what is free within a table.
    private const int ProbeBytes = 256 * 1024;

    private readonly PostgresSession _session = new(options, time);
    private readonly Lock _measuring = new();
    private NpgsqlDataSource? _readers;
    private PostgresLog? _log;
    private PostgresBlocks? _blocks;
    private PostgresDocuments? _documents;
    private string _version = "";
    private bool _isSynced = true;
    private long _used;
    private long? _measuredAt;

    /// <inheritdoc/>
    public string Engine => "PostgreSQL " + _version;

    /// <inheritdoc/>
    public string Place => options.Address.Text;

    /// <inheritdoc/>
    public IReadOnlyList<StoreFact> Facts => _log is null ? [] :
    [
        new("address", Place),
        new("synced", _isSynced ? "each commit" : "no: fsync is off in this server", _isSynced ? 1 : 0),
        new("epoch", _session.Epoch.ToString(CultureInfo.InvariantCulture), _session.Epoch),
        new("retries", _session.Retries.ToString("N0", CultureInfo.InvariantCulture), _session.Retries),
    ];

    private NpgsqlDataSource Readers => _readers ?? throw StoreEngine.NotOpen();

    /// <inheritdoc/>
    public void StandBy(Action<string> told, CancellationToken cancellationToken)
    {
        if (options.Standby) _session.StandBy(told, cancellationToken);
    }

    /// <inheritdoc/>
    public void Open(StoreContents contents)
    {
        try
        {
            _session.TakeOver();
            _readers = options.Address.Pool("LiveDash readers");
            var log = new PostgresLog(_session);
            _blocks = new PostgresBlocks(_session, log, _readers);
            _documents = new PostgresDocuments(_session, _readers);
            _blocks.Recover();
            _version = _session.Connection.Ask<string>("SELECT split_part(current_setting('server_version'), ' ', 1)");
            _isSynced = _session.Connection.Ask<string>("SELECT current_setting('fsync')") == "on";
            Load(contents, log);
            Refresh();
            _log = log;
        }
        catch (Exception e) when (PostgresTrouble.IsOurs(e))
        {
            Dispose();
            throw new StoreUnavailableException($"The database {options.Address} (LiveDash:Storage:PostgreSQL) cannot be used: {PostgresTrouble.Describe(e)}.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void WriteLog(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries) => _log!.Write(firstId, points, body, firstSeries, newSeries);

    /// <inheritdoc/>
    public void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId) => _blocks!.Write(changes, bodies, lastId);

    /// <inheritdoc/>
    public void DeleteBlocks(IReadOnlyList<BlockHeader> blocks) => _blocks!.Delete(blocks);

    /// <inheritdoc/>
    public void WriteDocuments(IReadOnlyList<DocumentChange> changes) => _documents!.Write(changes);

    /// <inheritdoc/>
    public void Probe()
    {
        _session.Resolve();
        using var transaction = _session.Connection.BeginTransaction();
        // Not compressible, and undone by not being committed.
        var some = new byte[ProbeBytes];
        Random.Shared.NextBytes(some);
        _session.Connection.Do("INSERT INTO log (id, points, body) VALUES (-1, 0, $1)", some);
    }

    /// <inheritdoc/>
    public void Settle(bool freed) => _blocks!.Settle();

    /// <inheritdoc/>
    public void Compact()
    {
    }

    /// <inheritdoc/>
    public bool TryMakeRoom(ChangeKind kind) => false;

    /// <inheritdoc/>
    public StoreFault? Judge(Exception failure) => failure switch
    {
        SecondWriterException second => StoreFault.SecondWriter(Place, second),
        UnfinishedChangeException unfinished => new StoreFault(StoreFaultKind.Away, unfinished.Message),
        NotTheOwnerException => new StoreFault(StoreFaultKind.Away, $"{Place} takes no writes: {failure.Message}. New points are refused until it is free; it is asked again each second."),
        _ when !PostgresTrouble.IsOurs(failure) => null,
        _ when PostgresTrouble.IsFull(failure) => StoreFault.Full(Place),
        _ when PostgresTrouble.IsImpossible(failure) => new StoreFault(StoreFaultKind.Refused, $"{Place} cannot keep this ({PostgresTrouble.Describe(failure)})."),
        _ when PostgresTrouble.IsDuplicate(failure) => StoreFault.SecondWriter(Place, new SecondWriterException("another process writes into it")),
        _ => StoreFault.Away(Place, PostgresTrouble.Describe(failure)),
    };

    /// <inheritdoc/>
    public bool ReadsAhead => true;

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        try
        {
            return (_blocks ?? throw StoreEngine.NotOpen()).TryRead(block, into, next);
        }
        catch (Exception e) when (PostgresTrouble.IsOurs(e))
        {
            throw Unreadable(e);
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken) => ReadAsync(documents => documents.GetAsync(kind, id, cancellationToken));

    /// <inheritdoc/>
    public Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken) => ReadAsync(documents => documents.ListAsync(kind, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<string> DocumentKinds() => (_documents ?? throw StoreEngine.NotOpen()).Kinds();

    /// <inheritdoc/>
    public StoreSize Measure()
    {
        lock (_measuring)
        {
            if (_measuredAt is not { } at || time.GetElapsedTime(at) >= options.MeasurePace) TryRefresh();
            // The server's own figures keep what was deleted until it is written over; what holds something is counted here. It does not tell how much its disk has left.
            return new StoreSize(_used, (_blocks?.Bytes ?? 0) + (_log?.Bytes ?? 0) + (_documents?.Bytes ?? 0), long.MaxValue);
        }
    }

    /// <inheritdoc/>
    public void Tend(StoreState state, StoreSize size)
    {
        if (state == StoreState.Ready) _log?.Vacuum(Readers);
    }

    /// <inheritdoc/>
    public bool MayHaveRoom(StoreSize size) => true;

    /// <summary>Ends the connections; the lock goes with them.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _readers?.Dispose();
        _readers = null;
    }

    private async Task<T> ReadAsync<T>(Func<PostgresDocuments, Task<T>> read)
    {
        try
        {
            return await read(_documents ?? throw StoreEngine.NotOpen()).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresTrouble.IsOurs(e))
        {
            throw Unreadable(e);
        }
    }

    private StoreUnavailableException Unreadable(Exception e) => new($"{Place} cannot be read: {PostgresTrouble.Describe(e)}.", e);

    private void Load(StoreContents contents, PostgresLog log)
    {
        contents.Clear();
        var connection = _session.Connection;
        Rows(connection, "SELECT id, name, tags FROM series ORDER BY id", row => contents.AddSeries(row.GetInt64(0), Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1)), row.GetString(2)));
        contents.RaiseLastId(connection.Ask<long>("SELECT last_id FROM owner"));
        Rows(connection, $"SELECT {PostgresBlocks.HeaderColumns} FROM block ORDER BY id", row =>
        {
            var (series, header) = PostgresBlocks.Header(row);
            contents.AddBlock(series, header.Points, header.Bytes, header);
            _blocks!.Known(header.Bytes);
        });
        contents.EndBlocks();
        Rows(connection, "SELECT id, points, body FROM log ORDER BY id", row =>
        {
            var body = row.GetFieldValue<byte[]>(2);
            contents.AddLog(row.GetInt64(0), row.GetInt32(1), body);
            log.Known(body.Length);
        });
    }

    private static void Rows(NpgsqlConnection connection, string sql, Action<NpgsqlDataReader> row)
    {
        using var command = connection.Command(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read()) row(rows);
    }

    private void TryRefresh()
    {
        try
        {
            if (_readers is not null) Refresh();
        }
        catch (Exception e) when (PostgresTrouble.IsOurs(e))
        {
            // The size of before serves until the server answers; a write tells what is wrong.
            _measuredAt = time.GetTimestamp();
        }
    }

    private void Refresh()
    {
        lock (_measuring)
        {
            _measuredAt = time.GetTimestamp();
            using var connection = Readers.OpenConnection();
            using var command = connection.Command(Sizes, options.Address.Schema);
            using var row = command.ExecuteReader();
            row.Read();
            (_used, _documents!.Bytes) = (row.GetInt64(0), row.GetInt64(1));
        }
    }
}
