using LiveDash.Core.Model;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Reads a store's points beside the process that owns it, which needs no help for that: what is committed is named by <c>state</c>, so a look is good when
/// <c>state</c> was the same before and after. Headers are read once and kept; only new ones come again. Thread-safe; one look at a time.
/// </summary>
/// <param name="options">Which database.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="told">Hears of damaged blocks, which the owner sets apart.</param>
internal sealed class MongoPointReader(MongoStoreOptions options, TimeProvider time, Action<string> told) : IPointReader, IBlockBodies
{
    /// <summary>How long a server that does not answer is asked again: as long as a failover takes.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    // How often in a row the owner may commit a seal while it is looked at. It does once in some seconds.
    private const int MaxLooks = 10;
    private const int MaxIds = 10_000;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument s_withoutBody = new("b", 0);

    private readonly Lock _gate = new();
    private readonly MongoClient _client = options.Address.Connect("worker");
    private readonly Patience _patience = new(() => options.Patience, time, MongoTrouble.IsPassing);
    // As many as the owner has; it bounds them.
    private readonly Dictionary<SeriesKey, int> _numbers = [];
    private readonly KnownBlocks _blocks = new();
    private readonly PointGroup _group = new();
    private MongoCollections? _collections;
    private BodiesAhead? _bodies;
    private BsonValue? _owner;

    /// <inheritdoc/>
    public IReadOnlyList<int> Find(IReadOnlyList<SeriesKey> series) => Ask(collections =>
    {
        if (series.Any(key => !_numbers.ContainsKey(key)))
        {
            // Numbers are given without a gap, and kept for ever.
            foreach (var one in collections.Series.Find(Where.Gte("_id", (long)_numbers.Count)).Sort(new BsonDocument("_id", 1)).ToEnumerable())
            {
                _numbers[SeriesText.Key(one["n"].AsString, one["t"].AsString)] = (int)one["_id"].ToInt64();
            }
        }

        return series.Select(key => _numbers.GetValueOrDefault(key, -1)).ToArray();
    });

    /// <inheritdoc/>
    public IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken)
    {
        var blocks = new BlockSource(this, (_, block, why) => told($"Block {block.Id} is damaged and left out: {why}"));
        return PointScan.RunAsync(new StoreImage(blocks, () => Look(query)), query, cancellationToken);
    }

    /// <inheritdoc/>
    public bool ReadsAhead => true;

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Volatile.Read(ref _bodies)!.TryRead(block, into, next);
            }
            catch (Exception e) when (MongoTrouble.IsOurs(e))
            {
                if (MongoTrouble.IsRefusal(e) || time.GetElapsedTime(begun) >= options.Patience || !_patience.Pause(TimeSpan.FromMilliseconds(200))) throw Unreadable(e);
            }
        }
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        _client.Dispose();
    }

    // Where the points of some series are now, within a range of time.
    private StoreIndex Look(PointQuery query) => Ask(collections =>
    {
        for (var look = 0; look < MaxLooks; look++)
        {
            var before = Committed(collections);
            if (before is null) return new StoreIndex();
            MongoRecovery.Check(before);
            if (TryLook(collections, before, query) is { } index && before.Equals(Committed(collections))) return index;
        }

        throw StoreImage.ChangesTooFast();
    });

    private StoreIndex? TryLook(MongoCollections collections, BsonDocument state, PointQuery query)
    {
        if (_owner is null or BsonNull || !IsSameOwner(collections)) Forget(collections);
        ReadNewBlocks(collections, state["g"].ToInt64());
        var index = new StoreIndex();
        index.RaiseLastId(state["t"].ToInt64());
        var dead = state["dead"].AsBsonArray.Select(static one => one.ToInt64()).ToHashSet();
        var gone = state["gone"].AsBsonArray.Select(static one => one.ToInt64()).ToHashSet();
        foreach (var series in query.Series) _blocks.Fill(index, series, query.Range, dead, gone, ids => There(collections, ids));
        ReadLog(collections, state["r"].ToInt64(), index);
        return IsSameOwner(collections) ? index : null;
    }

    // What a crash left may bear numbers that the next owner gives again, so that with it all begins anew.
    private bool IsSameOwner(MongoCollections collections) => Owner(collections) == _owner;

    private static BsonValue Owner(MongoCollections collections) => collections.Owner.Find(Where.Eq("_id", "owner")).FirstOrDefault()?.GetValue("token", BsonNull.Value) ?? BsonNull.Value;

    private void Forget(MongoCollections collections)
    {
        _owner = Owner(collections);
        _blocks.Clear();
        Volatile.Write(ref _bodies, MongoBodies.Of(collections.Blocks));
    }

    // Not those of a seal that is under way: they have no commit point yet, and may never get one.
    private void ReadNewBlocks(MongoCollections collections, long generation)
    {
        foreach (var row in collections.Blocks.Find(Where.Gt("_id", _blocks.LastId) & Where.Lte("g", generation)).Sort(new BsonDocument("_id", 1)).Project(s_withoutBody).ToEnumerable())
        {
            var (series, points, bytes, header) = MongoRows.Header(row);
            _blocks.Add(series, row["g"].ToInt64(), points, bytes, header);
        }
    }

    private static HashSet<long> There(MongoCollections collections, IReadOnlyList<long> wanted) =>
    [
        .. wanted.Chunk(MaxIds)
            .SelectMany(some => collections.Blocks.Find(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(some)))).Project(new BsonDocument("_id", 1)).ToEnumerable())
            .Select(static row => row["_id"].ToInt64()),
    ];

    // At most what the owner keeps in memory before it seals.
    private void ReadLog(MongoCollections collections, long after, StoreIndex index)
    {
        foreach (var row in collections.Log.Find(Where.Gt("_id", after), new FindOptions { BatchSize = 64 }).Sort(new BsonDocument("_id", 1)).ToEnumerable())
        {
            if (row["n"].ToInt64() == 0) continue;
            try
            {
                LogCodec.Decode(row["b"].AsByteArray, _group);
            }
            catch (InvalidDataException e)
            {
                told($"A commit of {row["n"]} points is damaged and was left out: {e.Message}");
                continue;
            }

            index.Append(_group, row["f"].ToInt64());
        }
    }

    private static BsonDocument? Committed(MongoCollections collections) => collections.State.Find(Where.Eq("_id", "seal")).FirstOrDefault();

    private T Ask<T>(Func<MongoCollections, T> ask)
    {
        lock (_gate)
        {
            T? answer = default;
            try
            {
                _patience.Insist(() => answer = ask(_collections ??= Connect()));
            }
            catch (Exception e) when (MongoTrouble.IsOurs(e))
            {
                throw Unreadable(e);
            }

            return answer!;
        }
    }

    private MongoCollections Connect()
    {
        var database = _client.GetDatabase(options.Address.Database ?? MongoStoreOptions.DefaultDatabase);
        return new MongoCollections(database, MongoTopology.Ask(database).Replicated);
    }

    private StoreUnavailableException Unreadable(Exception e) => new($"{options.Address} cannot be read: {MongoTrouble.Describe(e)}.", e);
}
