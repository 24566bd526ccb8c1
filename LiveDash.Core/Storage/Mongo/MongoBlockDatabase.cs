using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// A database of MongoDB: log rows and blocks as binary, one writer, a commit point in <c>state</c>, so that neither transactions nor a replica set are
/// needed. Every write waits for a majority and the journal; one whose outcome is unknown is done again under the same key.
/// docs/STORES.md tells what stands where and what is promised.
/// </summary>
internal sealed class MongoBlockDatabase(MongoStoreOptions options, TimeProvider time) : IBlockDatabase
{
    // A server without space stops, so that nothing is written where less is free.
    private const long ScarceBytes = 128L * 1024 * 1024;

    private readonly long _writer = Random.Shared.NextInt64();
    private readonly Patience _patience = new(() => options.Patience, time, MongoTrouble.IsPassing);
    private readonly MongoLease _lease = new(options, time);
    private readonly Lock _measuring = new();
    private MongoClient? _client;
    private MongoCollections? _collections;
    private MongoTopology? _topology;
    private MongoLog? _log;
    private MongoSeal? _seal;
    private MongoDocuments? _documents;
    private BodiesAhead? _bodies;
    private StoreSize _size = new(0, 0, long.MaxValue);
    private long? _measuredAt;

    /// <inheritdoc/>
    public string Engine => _topology is { } topology ? "MongoDB " + topology.Version : "MongoDB";

    /// <inheritdoc/>
    public string Place => options.Address.Text;

    /// <inheritdoc/>
    public IReadOnlyList<StoreFact> Facts => _topology is not { } topology ? [] :
    [
        new("address", Place),
        new("topology", topology.Text, topology.Replicated ? 1 : 0),
        new("lease age seconds", string.Create(CultureInfo.InvariantCulture, $"{_lease.Age.TotalSeconds:N0} of {options.Lease.TotalSeconds:N0}"), _lease.Age.TotalSeconds),
        new("retries", _patience.Retries.ToString("N0", CultureInfo.InvariantCulture), _patience.Retries),
    ];

    private MongoCollections Collections => _collections ?? throw StoreEngine.NotOpen();

    /// <inheritdoc/>
    public void Open(StoreContents contents)
    {
        var client = options.Address.Connect("store");
        try
        {
            var database = client.GetDatabase(options.Address.Database ?? MongoStoreOptions.DefaultDatabase);
            _topology = MongoTopology.Ask(database);
            var collections = new MongoCollections(database, _topology.Replicated);
            _lease.Take(collections, _patience.Pause);
            (_client, _collections) = (client, collections);
            var state = MongoRecovery.ReadState(collections);
            MongoRecovery.Repair(collections, state);
            _documents = new MongoDocuments(collections, _patience, _writer);
            _documents.Recover();
            var rows = MongoRecovery.Load(collections, state, contents);
            _log = new MongoLog(collections, _patience, _writer, rows);
            _log.StartAfter(state["r"].ToInt64());
            _seal = new MongoSeal(collections, _patience, _writer, state);
            _bodies = MongoBodies.Of(collections.Blocks);
            Refresh();
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            Dispose();
            throw new StoreUnavailableException($"The database {options.Address} (LiveDash:Storage:MongoDB) cannot be used: {MongoTrouble.Describe(e)}.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            if (_client is null) client.Dispose();
        }
    }

    /// <inheritdoc/>
    public void WriteLog(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries)
    {
        CheckRoom();
        if (newSeries.Count > 0) WriteSeries(firstSeries, newSeries);
        _log!.Write(firstId, points, body);
    }

    /// <inheritdoc/>
    public void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId)
    {
        CheckRoom();
        _seal!.Write(changes, bodies, lastId, _log!.SealedUpTo(lastId));
        _log.Forget(_log.SealedUpTo(lastId));
    }

    /// <inheritdoc/>
    public void DeleteBlocks(IReadOnlyList<BlockHeader> blocks)
    {
        foreach (var some in blocks.Chunk(10_000))
        {
            var ids = new BsonArray(some.Select(static block => block.Id));
            _patience.Insist(() => Collections.Blocks.DeleteMany(new BsonDocument("_id", new BsonDocument("$in", ids))));
        }
    }

    /// <inheritdoc/>
    public void WriteDocuments(IReadOnlyList<DocumentChange> changes)
    {
        if (changes.Any(static change => change.Body is not null)) CheckRoom();
        _documents!.Write(changes);
    }

    /// <inheritdoc/>
    public void Probe()
    {
        Refresh();
        CheckRoom();
        _lease.Renew(Collections);
        Collections.State.ReplaceOne(new BsonDocument("_id", "probe"), new BsonDocument("_id", "probe"), new ReplaceOptions { IsUpsert = true });
        _log!.Resolve();
        _seal!.Resolve();
        _documents!.Resolve();
    }

    /// <inheritdoc/>
    public void Settle(bool freed) => _seal!.Settle();

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
        NoRoomException room => new StoreFault(StoreFaultKind.Full, room.Message),
        UnfinishedChangeException unfinished => new StoreFault(StoreFaultKind.Away, unfinished.Message),
        _ when !MongoTrouble.IsOurs(failure) => null,
        _ when MongoTrouble.IsFull(failure) => StoreFault.Full(Place),
        _ => StoreFault.Away(Place, MongoTrouble.Describe(failure)),
    };

    /// <inheritdoc/>
    public bool ReadsAhead => true;

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        try
        {
            return (_bodies ?? throw StoreEngine.NotOpen()).TryRead(block, into, next);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            throw new StoreUnavailableException($"{Place} cannot be read: {MongoTrouble.Describe(e)}.", e);
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken) =>
        (_documents ?? throw StoreEngine.NotOpen()).GetAsync(kind, id, cancellationToken);

    /// <inheritdoc/>
    public Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken) =>
        (_documents ?? throw StoreEngine.NotOpen()).ListAsync(kind, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> DocumentKinds() => (_documents ?? throw StoreEngine.NotOpen()).Kinds();

    /// <inheritdoc/>
    public StoreSize Measure()
    {
        lock (_measuring)
        {
            if (_measuredAt is not { } at || time.GetElapsedTime(at) >= options.MeasurePace) TryRefresh();
            return _size;
        }
    }

    /// <inheritdoc/>
    public void Tend(StoreState state, StoreSize size)
    {
        if (state is StoreState.Ready or StoreState.Full && _lease.IsDue) _lease.Renew(Collections);
    }

    /// <inheritdoc/>
    public bool MayHaveRoom(StoreSize size) => true;

    /// <summary>Gives the lease back and ends the connections.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        var (client, collections) = (_client, _collections);
        (_client, _collections) = (null, null);
        if (client is null) return;
        try
        {
            if (collections is not null) _lease.Release(collections);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            // It lapses by itself.
        }

        client.Dispose();
    }

    private void WriteSeries(int first, IReadOnlyList<SeriesKey> added)
    {
        var rows = added.Select((key, i) => new BsonDocument { { "_id", first + (long)i }, { "n", key.Name }, { "t", SeriesText.Tags(key) } }).ToList();
        _patience.Insist(() =>
        {
            try
            {
                // In order, so that what is cut off leaves no gap in the numbers.
                if (rows.Count > 0) Collections.Series.InsertMany(rows);
            }
            catch (MongoBulkWriteException e) when (MongoTrouble.Code(e) == MongoTrouble.DuplicateKey)
            {
                // The first of them were kept by an attempt before, of which we did not hear; unless they are another's.
                var found = Collections.Series.Find(new BsonDocument("_id", new BsonDocument("$gte", rows[0]["_id"]))).Sort(new BsonDocument("_id", 1)).ToList();
                if (found.Count == 0 || found.Count > rows.Count || !found.SequenceEqual(rows.Take(found.Count))) throw new SecondWriterException("another process writes into it");
                rows.RemoveRange(0, found.Count);
                if (rows.Count > 0) Collections.Series.InsertMany(rows);
            }
        });
    }

    private void CheckRoom()
    {
        if (Measure().Free < ScarceBytes)
        {
            throw new NoRoomException($"The disk of {Place} is almost full ({_size.Free >> 20:N0} MiB free): new points are refused until there is space again; reading and alerting go on.");
        }
    }

    private void TryRefresh()
    {
        try
        {
            Refresh();
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
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
            var stats = Collections.Database.RunCommand<BsonDocument>(new BsonDocument("dbStats", 1));
            var free = stats.TryGetValue("fsTotalSize", out var total) ? (long)(total.ToDouble() - stats["fsUsedSize"].ToDouble()) : long.MaxValue;
            _size = new StoreSize(Number(stats, "storageSize") + Number(stats, "indexSize"), Number(stats, "dataSize"), free);
        }
    }

    private static long Number(BsonDocument document, string name) => document.TryGetValue(name, out var value) && value.IsNumeric ? (long)value.ToDouble() : 0;
}
