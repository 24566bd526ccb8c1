using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Documents, several changed at once: an intent that holds them all is written first, and is the commit; then each change, which may be done any number of
/// times; then the intent is deleted. What a crash left of it is done again at open. Bodies that are long, or too many, stand in chunks of their own.
/// Readers that meet a change half done read again. Writing is for the writer's thread, reading for any.
/// </summary>
internal sealed class MongoDocuments(MongoCollections collections, Patience patience, long writer)
{
    // An intent must stay below the 16 MB of a document.
    private const int MaxInlineBytes = 8 << 20;
    private const int ChunkBytes = 8 << 20;

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    // For readers, also where no server is primary just now.
    private readonly IMongoCollection<BsonDocument> _readable = collections.Documents.WithReadPreference(ReadPreference.PrimaryPreferred);
    private readonly IMongoCollection<BsonDocument> _readableChunks = collections.Chunks.WithReadPreference(ReadPreference.PrimaryPreferred);

    private readonly List<long> _doubtful = [];
    private long _lastIntent;
    private long _version;
    private volatile bool _unfinished;

    /// <summary>Makes all changes.</summary>
    public void Write(IReadOnlyList<DocumentChange> changes)
    {
        var intent = new BsonDocument { { "_id", _lastIntent + 1 }, { "w", writer }, { "k", Random.Shared.NextInt64() }, { "c", Inline(changes) } };
        try
        {
            patience.Insist(() => Insert(intent));
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            _doubtful.Add(intent["_id"].AsInt64);
            _lastIntent++;
            throw;
        }

        _lastIntent++;
        Interlocked.Increment(ref _version);
        try
        {
            patience.Insist(() => Carry(intent));
            Interlocked.Increment(ref _version);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            _unfinished = true;
            throw new UnfinishedChangeException(MongoTrouble.Describe(e), e);
        }
    }

    /// <summary>Finishes what was begun, and makes sure that what was answered as not done is not.</summary>
    public void Resolve()
    {
        foreach (var id in _doubtful)
        {
            collections.Intents.ReplaceOne(Where.Eq("_id", id), new BsonDocument { { "_id", id }, { "w", writer }, { "k", 0L }, { "c", new BsonArray() } }, new ReplaceOptions { IsUpsert = true });
        }

        _doubtful.Clear();
        if (Interlocked.Read(ref _version) % 2 == 0) return;
        Replay();
        Interlocked.Increment(ref _version);
        _unfinished = false;
    }

    /// <summary>At open: does again what was begun, and deletes chunks that no document has.</summary>
    public void Recover()
    {
        Replay();
        var used = collections.Documents.Find(Where.Exists("u")).Project(new BsonDocument("u", 1)).ToEnumerable().Select(static d => d["u"].AsString).ToHashSet(StringComparer.Ordinal);
        var orphans = collections.Chunks.Find(Where.Empty).Project(new BsonDocument("_id", 1)).ToEnumerable()
            .Select(static c => c["_id"].AsString).Where(id => !used.Contains(id.Split(':')[0])).ToList();
        if (orphans.Count > 0) collections.Chunks.DeleteMany(Where.In("_id", orphans));
    }

    /// <summary>The kinds that there are.</summary>
    public IReadOnlyList<string> Kinds() =>
        [.. collections.Documents.Find(Where.Empty).Project(new BsonDocument("_id", 1)).ToEnumerable().Select(static d => d["_id"]["k"].AsString).Distinct()];

    /// <summary>One document's bytes, or null.</summary>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) => SteadyAsync(
        async () =>
        {
            var found = await _readable.Find(Where.Eq("_id", Key(kind, id))).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return found is null ? null : await BodyAsync(found, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Every document of a kind.</summary>
    public Task<List<Document>> ListAsync(string kind, CancellationToken cancellationToken) => SteadyAsync(
        async () =>
        {
            var rows = await _readable.Find(Where.Eq("_id.k", kind)).ToListAsync(cancellationToken).ConfigureAwait(false);
            var documents = new List<Document>(rows.Count);
            foreach (var row in rows) documents.Add(new Document(kind, row["_id"]["i"].AsString, await BodyAsync(row, cancellationToken).ConfigureAwait(false)));
            return documents;
        },
        cancellationToken);

    private static BsonDocument Key(string kind, string id) => new() { { "k", kind }, { "i", id } };

    private BsonArray Inline(IReadOnlyList<DocumentChange> changes)
    {
        var inline = new BsonArray();
        long bytes = 0;
        foreach (var change in changes)
        {
            var one = new BsonDocument("_id", Key(change.Kind, change.Id));
            inline.Add(one);
            if (change.Body is not { } body) continue;
            if (bytes + body.Length <= MaxInlineBytes)
            {
                one["b"] = body;
                bytes += body.Length;
            }
            else
            {
                Chunk(one, body);
            }
        }

        return inline;
    }

    private void Chunk(BsonDocument one, byte[] body)
    {
        var upload = Guid.NewGuid().ToString("N");
        var chunks = (body.Length + ChunkBytes - 1) / ChunkBytes;
        for (var i = 0; i < chunks; i++)
        {
            var part = new BsonDocument { { "_id", $"{upload}:{i}" }, { "b", body.AsSpan(i * ChunkBytes, Math.Min(ChunkBytes, body.Length - (i * ChunkBytes))).ToArray() } };
            patience.Insist(() => collections.Chunks.ReplaceOne(Where.Eq("_id", part["_id"]), part, new ReplaceOptions { IsUpsert = true }));
        }

        one["u"] = upload;
        one["n"] = chunks;
    }

    private void Insert(BsonDocument intent)
    {
        try
        {
            collections.Intents.InsertOne(intent);
        }
        catch (MongoWriteException e) when (MongoTrouble.Code(e) == MongoTrouble.DuplicateKey)
        {
            var found = collections.Intents.Find(Where.Eq("_id", intent["_id"])).FirstOrDefault();
            if (found is null || found["w"] != intent["w"] || found["k"] != intent["k"]) throw new SecondWriterException("another process writes into it");
        }
    }

    private void Carry(BsonDocument intent)
    {
        var models = new List<WriteModel<BsonDocument>>();
        var keys = new BsonArray();
        foreach (var change in intent["c"].AsBsonArray.Select(static c => c.AsBsonDocument))
        {
            var same = Where.Eq("_id", change["_id"]);
            keys.Add(change["_id"]);
            models.Add(change.ElementCount == 1 ? new DeleteOneModel<BsonDocument>(same) : new ReplaceOneModel<BsonDocument>(same, change) { IsUpsert = true });
        }

        if (models.Count > 0)
        {
            var replaced = collections.Documents.Find(Where.In("_id", keys) & Where.Exists("u")).Project(new BsonDocument { { "u", 1 }, { "n", 1 } }).ToList();
            collections.Documents.BulkWrite(models);
            var kept = intent["c"].AsBsonArray.Where(static c => c.AsBsonDocument.Contains("u")).Select(static c => c["u"].AsString).ToHashSet(StringComparer.Ordinal);
            var orphans = replaced.Where(r => !kept.Contains(r["u"].AsString)).SelectMany(static r => Parts(r)).ToList();
            if (orphans.Count > 0) collections.Chunks.DeleteMany(Where.In("_id", orphans));
        }

        collections.Intents.DeleteOne(Where.Eq("_id", intent["_id"]));
    }

    private void Replay()
    {
        foreach (var intent in collections.Intents.Find(Where.Empty).Sort(new BsonDocument("_id", 1)).ToList())
        {
            Carry(intent);
            _lastIntent = Math.Max(_lastIntent, intent["_id"].AsInt64);
        }
    }

    private static IEnumerable<string> Parts(BsonDocument row) => Enumerable.Range(0, row["n"].ToInt32()).Select(i => $"{row["u"]}:{i}");

    private async Task<byte[]> BodyAsync(BsonDocument row, CancellationToken cancellationToken)
    {
        if (row.TryGetValue("b", out var inline)) return inline.AsByteArray;
        using var body = new MemoryStream();
        foreach (var id in Parts(row))
        {
            var part = await _readableChunks.Find(Where.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (part is null) throw new InvalidDataException($"A part of the document {row["_id"]} is missing.");
            await body.WriteAsync(part["b"].AsByteArray, cancellationToken).ConfigureAwait(false);
        }

        return body.ToArray();
    }

    // As a sequence lock: what was read while a change was half done is read again.
    private async Task<T> SteadyAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = Interlocked.Read(ref _version);
            if (before % 2 == 0)
            {
                try
                {
                    var found = await read().ConfigureAwait(false);
                    if (Interlocked.Read(ref _version) == before) return found;
                    continue;
                }
                catch (InvalidDataException) when (Interlocked.Read(ref _version) != before)
                {
                    continue;
                }
                catch (Exception e) when (MongoTrouble.IsOurs(e))
                {
                    throw new StoreUnavailableException($"The database cannot be read: {MongoTrouble.Describe(e)}.", e);
                }
            }

            if (_unfinished) throw new StoreUnavailableException("A change of documents was begun and waits for the database.");
            await Task.Delay(1, cancellationToken).ConfigureAwait(false);
        }
    }
}
