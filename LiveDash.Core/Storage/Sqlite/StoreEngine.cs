using LiveDash.Core.Model;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// The open database with its writer, readers and index; the point store and the document store are its two faces. Thread-safe.
/// </summary>
public sealed class StoreEngine : IAsyncDisposable
{
    private readonly StorageOptions _options;
    private readonly SeriesCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreEngine> _logger;
    private readonly StoreHealth _health = new();
    private readonly StoreIndex _index = new();
    private readonly SenderGuard _guard = new();
    private StoreParts? _parts;
    private StoreWriter? _writer;
    private BlockSource? _blocks;
    private StoreKeeper? _keeper;

    /// <summary>Prepares a store; nothing is touched before <see cref="Open"/>.</summary>
    public StoreEngine(StorageOptions options, SeriesCatalog catalog, TimeProvider time, ILogger<StoreEngine> logger)
    {
        (_options, _catalog, _time, _logger) = (options, catalog, time, logger);
    }

    /// <summary>How the store is doing now.</summary>
    public StoreStatus Status
    {
        get
        {
            var (state, message) = _health.Read();
            var (writer, keeper) = (_writer, _keeper);
            return new StoreStatus(
                SqliteNative.Version, state, message, _index.Points, keeper?.UsedBytes ?? 0, keeper?.FreeBytes ?? 0,
                writer?.Appended ?? 0, writer?.Commits ?? 0, writer?.Queued ?? 0);
        }
    }

    internal StoreIndex Index => _index;

    internal StoreParts Parts => _parts ?? throw new StoreUnavailableException("The store is not open.");

    internal BlockSource Blocks => _blocks ?? throw new StoreUnavailableException("The store is not open.");

    internal StoreKeeper Keeper => _keeper ?? throw new StoreUnavailableException("The store is not open.");

    internal StoreWriter Writer => _writer ?? throw new StoreUnavailableException("The store is not open.");

    /// <summary>Opens the database, moving one aside that cannot be read, and loads the catalog. Called once.</summary>
    /// <exception cref="StoreUnavailableException">The directory cannot be used, or another process has it.</exception>
    public void Open()
    {
        var files = new StoreFiles(_options.DataDirectory, _options.BallastBytes);
        files.Acquire();
        try
        {
            var (connection, contents) = OpenOrReplace(files);
            _catalog.Load(contents.Series);
            foreach (var damage in contents.Damages) Report(damage);
            _parts = new StoreParts(_options, files, _index, _health, _catalog, _guard, new ReaderPool(files.Database));
            _blocks = new BlockSource(_parts.Readers, Report);
            _guard.Use(_index, _blocks);
            files.TryPlaceBallast();
            _health.Recovered();
            _writer = new StoreWriter(connection, _parts, contents.Series.Count, () => _keeper?.NoteCommit());
            _keeper = new StoreKeeper(_parts, _writer, _blocks, _time, _logger);
        }
        catch
        {
            if (_parts is null) files.Dispose();
            throw;
        }

        _logger.LogInformation(
            "Data is kept in {Directory} ({Engine}): {Series} series, {Points} points", files.Directory, SqliteNative.Version, _catalog.Count, _index.Points);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var (keeper, writer, parts) = (_keeper, _writer, _parts);
        (_keeper, _writer, _parts) = (null, null, null);
        if (keeper is not null) await keeper.DisposeAsync().ConfigureAwait(false);
        writer?.Dispose();
        parts?.Readers.Dispose();
        parts?.Files.Dispose();
    }

    /// <summary>Tells the operator of something lost.</summary>
    internal void Report(string message)
    {
        _health.Notice(message);
        _logger.LogError("{Message}", message);
    }

    private (SqliteConnection Connection, StoreContents Contents) OpenOrReplace(StoreFiles files)
    {
        try
        {
            return OpenFile(files);
        }
        catch (Exception e) when (e is InvalidDataException or SqliteFailure { IsCorrupt: true })
        {
            var aside = files.MoveAside(_time.GetUtcNow());
            Report($"The database could not be read ({e.Message}). It was moved to '{aside}' and a new one begun.");
            return OpenFile(files);
        }
    }

    private (SqliteConnection Connection, StoreContents Contents) OpenFile(StoreFiles files)
    {
        var connection = SqliteConnection.Open(files.Database, write: true);
        try
        {
            StoreSchema.Prepare(connection, _options.MaxPages);
            _index.Clear();
            _guard.Clear();
            return (connection, StoreContents.Load(connection, _index, _guard));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
