using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Writes sealed blocks: first the blocks, under a generation of their own, then the commit point, which only the generation before it lets be replaced,
/// then the deletions, which may come later. A seal that failed gives up its generation for ever, so that a write of it that arrives late counts for nothing.
/// Used by the writer's thread.
/// </summary>
internal sealed class MongoSeal(MongoCollections collections, Patience patience, long writer, BsonDocument state)
{
    // Bodies of one insert: well below what a message takes.
    private const int MaxBatchBytes = 8 << 20;

    // How many given-up generations are remembered: a write of one can arrive no later than its connection lives.
    private const int MaxDead = 64;

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private readonly List<RawDocument> _batch = [];
    private readonly List<long> _dead = [];
    private BsonDocument _state = state;
    private long _generation = state["g"].ToInt64();
    private BsonArray _gone = [];
    private bool _owes;
    private bool _doubtful;

    /// <summary>The commit point as a document.</summary>
    public static BsonDocument State(int format, long generation, long lastId, long lastRow, BsonArray gone, BsonArray dead) => new()
    {
        { "_id", "seal" }, { "v", format }, { "g", generation }, { "t", lastId }, { "r", lastRow }, { "gone", gone }, { "dead", dead },
    };

    /// <summary>Writes and commits.</summary>
    public void Write(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId, long lastRow)
    {
        // What the last one replaced must be gone first: the commit point names only what the newest one replaced.
        patience.Insist(Settle);
        var generation = ++_generation;
        try
        {
            InsertBlocks(changes, bodies, generation);
            var gone = new BsonArray(changes.SelectMany(static change => change.Merged).Select(static block => block.Id));
            // An older version would take summaries for points as they came, and merge them as such.
            var format = changes.Any(static change => change.Blocks.Any(static block => block.Step > 0)) ? MongoRecovery.Summaries : _state["v"].ToInt32();
            Commit(State(format, generation, lastId, lastRow, gone, new BsonArray(_dead)));
            (_gone, _owes) = (gone, true);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            // The oldest were deleted many seals ago.
            if (_dead.Count == MaxDead) _dead.RemoveAt(0);
            _dead.Add(generation);
            _doubtful = true;
            throw;
        }
    }

    /// <summary>Deletes what the last commit replaced.</summary>
    public void Settle()
    {
        if (!_owes) return;
        collections.Log.DeleteMany(Where.Lte("_id", _state["r"].ToInt64()));
        if (_gone.Count > 0) collections.Blocks.DeleteMany(Where.In("_id", _gone));
        if (_dead.Count > 0) collections.Blocks.DeleteMany(Where.In("g", _dead));
        _owes = false;
    }

    /// <summary>After a seal whose outcome is unknown: puts a commit point in its place that says it was not done, whichever it was.</summary>
    public void Resolve()
    {
        if (!_doubtful) return;
        Settle();
        var undone = State(_state["v"].ToInt32(), ++_generation, _state["t"].ToInt64(), _state["r"].ToInt64(), [], new BsonArray(_dead));
        var known = new List<long>(_dead) { _state["g"].ToInt64() };
        var replaced = collections.State.ReplaceOne(Where.Eq("_id", "seal") & Where.In("g", known), undone);
        if (replaced.MatchedCount == 0) throw Second();
        (_state, _doubtful) = (undone, false);
    }

    private void InsertBlocks(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long generation)
    {
        var (at, bytes, used) = (0, 0, 0);
        foreach (var change in changes)
        {
            foreach (var block in change.Blocks)
            {
                if (used == _batch.Count) _batch.Add(new RawDocument());
                MongoRows.Block(_batch[used++], change.Series, block, generation, writer, bodies.Slice(at, block.Bytes));
                at += block.Bytes;
                bytes += block.Bytes;
                if (bytes < MaxBatchBytes && used < 512) continue;
                Insert(used, generation);
                (bytes, used) = (0, 0);
            }
        }

        if (used > 0) Insert(used, generation);
        if (_batch.Count > 64) _batch.RemoveRange(64, _batch.Count - 64);
    }

    private void Insert(int count, long generation)
    {
        var rows = _batch.GetRange(0, count);
        patience.Insist(() =>
        {
            try
            {
                collections.RawBlocks.InsertMany(rows, new InsertManyOptions { IsOrdered = false });
            }
            catch (MongoBulkWriteException e) when (e.WriteErrors.Count > 0 && e.WriteErrors.All(static error => error.Code == MongoTrouble.DuplicateKey) && e.WriteConcernError is null)
            {
                // They came through before, or a second writer gives the same numbers.
                var mine = collections.Blocks.CountDocuments(Where.Eq("g", generation) & Where.Eq("w", writer));
                if (mine < count) throw Second();
            }
        });
    }

    private void Commit(BsonDocument next)
    {
        var before = _state["g"].ToInt64();
        patience.Insist(() =>
        {
            var replaced = collections.State.ReplaceOne(Where.Eq("_id", "seal") & Where.Eq("g", before), next);
            if (replaced.MatchedCount == 1) return;
            var found = collections.State.Find(Where.Eq("_id", "seal")).FirstOrDefault();
            if (found is null || found["g"].ToInt64() != next["g"].ToInt64()) throw Second();
        });
        _state = next;
    }

    private static SecondWriterException Second() => new("another process writes into it");
}
