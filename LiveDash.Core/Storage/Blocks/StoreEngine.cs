using System.Collections.Concurrent;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// An open database with its writer, readers and index; the point store and the document store are its two faces. Thread-safe.
/// </summary>
/// <param name="database">What keeps the data; owned from here on, touched first by <see cref="Open"/>.</param>
/// <param name="options">How much, and for how long.</param>
/// <param name="catalog">Gets the series that are kept.</param>
/// <param name="time">Paces the upkeep.</param>
/// <param name="logger">Is told what an operator should know.</param>
/// <param name="loops">Runs its loops; null where nobody asks how they do.</param>
internal sealed class StoreEngine(
    IBlockDatabase database, StorageOptions options, SeriesCatalog catalog, TimeProvider time, ILogger<StoreEngine> logger, LoopSupervisor? loops = null) : IScanSource, IStoreDamages, IStoreBackup, IStoreTiers, IAsyncDisposable
{
    private readonly StoreHealth _health = new();
    private readonly StoreIndex _index = new();
    private readonly SeriesTiers _tiers = new(StorageTiers.Of(options.Tiers), catalog);
    private readonly SenderGuard _guard = new();
    // Blocks that are being set apart: at most as many as there are, each for a moment.
    private readonly ConcurrentDictionary<long, byte> _settingApart = new();
    private StoreWriter? _writer;
    private BlockSource? _blocks;
    private StoreKeeper? _keeper;

    /// <summary>How the store is doing now.</summary>
    public StoreStatus Status
    {
        get
        {
            var (state, message) = _health.Read();
            var (writer, size) = (_writer, _keeper?.Size ?? default);
            return new StoreStatus(
                database.Engine, state, message, _index.Points, size.Used, size.Free, writer?.Appended ?? 0, writer?.Commits ?? 0, writer?.Queued ?? 0)
            {
                Facts = database.Facts,
            };
        }
    }

    /// <summary>Where every point is.</summary>
    public StoreIndex Index => _index;

    /// <summary>What keeps the data.</summary>
    public IBlockDatabase Database => database;

    /// <summary>False before it was opened and after it was closed.</summary>
    public bool IsOpen => _writer is not null;

    /// <summary>Reads sealed blocks.</summary>
    public BlockSource Blocks => _blocks ?? throw NotOpen();

    /// <summary>Seals and deletes.</summary>
    public StoreKeeper Keeper => _keeper ?? throw NotOpen();

    /// <summary>Writes.</summary>
    public StoreWriter Writer => _writer ?? throw NotOpen();

    /// <inheritdoc/>
    long IScanSource.LastId => _index.LastId;

    /// <summary>What is thrown before it was opened and after it was closed.</summary>
    public static StoreUnavailableException NotOpen() => new("The store is not open.");

    /// <summary>Waits, where it was told to, until no other process has the database. Called once, before <see cref="Open"/>.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void StandBy(CancellationToken cancellationToken) => database.StandBy(message => logger.LogWarning("Standing by: {Reason}", message), cancellationToken);

    /// <summary>Opens the database and loads the catalog. Called once.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or another process has it.</exception>
    public void Open()
    {
        var contents = new StoreContents(_index, _guard, Report);
        database.Open(contents);
        catalog.Load(contents.Series);
        var parts = new StoreParts(options, database, _index, _health, catalog, _guard, loops ?? new LoopSupervisor(time, NullLogger<LoopSupervisor>.Instance), _tiers);
        _blocks = new BlockSource(database, (series, block, why) => _ = QuarantineAsync(series, block, why));
        _guard.Use(_index, _blocks);
        _health.Recovered();
        _writer = new StoreWriter(parts, contents.Series.Count, () => _keeper?.NoteCommit());
        _keeper = new StoreKeeper(parts, _writer, _blocks, time, logger);
        logger.LogInformation("Data is kept in {Place} ({Engine}): {Series} series, {Points} points", database.Place, database.Engine, catalog.Count, _index.Points);
    }

    /// <inheritdoc/>
    IDisposable IScanSource.BeginScan() => _index.BeginScan();

    /// <inheritdoc/>
    List<SeriesSnapshot> IScanSource.Snapshot(IReadOnlyList<int> series) => _index.Snapshot(series, out _);

    /// <inheritdoc/>
    Task<IDisposable> IScanSource.HoldAsync(CancellationToken cancellationToken) => Keeper.HoldAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var (keeper, writer) = (_keeper, _writer);
        (_keeper, _writer) = (null, null);
        if (keeper is not null) await keeper.DisposeAsync().ConfigureAwait(false);
        writer?.Dispose();
        database.Dispose();
    }

    /// <inheritdoc/>
    public StorageTiers Tiers => _tiers.Current;

    /// <inheritdoc/>
    public void Use(StorageTiers tiers) => _tiers.Current = tiers;

    /// <inheritdoc/>
    public TierCost Weigh(StorageTiers tiers, long now) => TierScale.Weigh(_index.SnapshotBlocks(), catalog, tiers, now);

    /// <inheritdoc/>
    public IReadOnlyList<StoreDamage> Damages => database.Damages;

    /// <inheritdoc/>
    public async Task<bool> AcknowledgeAsync(string id, CancellationToken cancellationToken)
    {
        var found = false;
        await Writer.ChangeAsync(new ChangeWork(() => found = database.Acknowledge(id), null, ChangeKind.Owes), cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <inheritdoc/>
    public Task<BackupReport> BackUpAsync(string file, CancellationToken cancellationToken) =>
        IsOpen ? Task.Run(() => database.BackUp(file, cancellationToken), cancellationToken) : Task.FromException<BackupReport>(NotOpen());

    // Beside whoever met the damage, who leaves the block out meanwhile.
    private async Task QuarantineAsync(int series, BlockHeader block, string why)
    {
        if (!_settingApart.TryAdd(block.Id, 0)) return;
        Report($"A block of {block.Points} points of {catalog[series]} is damaged on disk and is left out: {why}");
        try
        {
            // No sealing in between: it counts on the blocks being those that it saw.
            using var held = await Keeper.HoldAsync(CancellationToken.None).ConfigureAwait(false);
            await Writer.ChangeAsync(
                new ChangeWork(
                    () => database.Quarantine(catalog[series].ToString(), series, block, why), () => _index.Remove(series, new HashSet<long> { block.Id }), ChangeKind.Owes),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            logger.LogWarning(e, "A damaged block could not be set apart; the next who meets it tries again");
        }
        finally
        {
            _settingApart.TryRemove(block.Id, out _);
        }
    }

    /// <summary>Tells the operator of something lost.</summary>
    private void Report(string message)
    {
        _health.Notice(message);
        logger.LogError("{Message}", message);
    }
}
