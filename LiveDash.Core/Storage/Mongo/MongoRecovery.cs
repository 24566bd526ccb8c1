using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Drops what a crash left, and reads the rest. The commit point is <c>state {_id: 'seal', g: generation, t: newest sealed id, r: newest sealed log row,
/// gone: [blocks], dead: [generations]}</c>: blocks of a later generation, or of one that was given up, were never sealed; log rows up to <c>r</c> and
/// the blocks in <c>gone</c> are replaced.
/// </summary>
internal static class MongoRecovery
{
    /// <summary>The version of the layout; a newer one is refused.</summary>
    private const int Format = 2;

    /// <summary>What the layout becomes with the first block of summaries.</summary>
    public const int Summaries = 2;

    private const int Plain = 1;

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    /// <summary>Reads the commit point, making it where the database is new.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote it.</exception>
    public static BsonDocument ReadState(MongoCollections collections)
    {
        var state = collections.State.Find(Where.Eq("_id", "seal")).FirstOrDefault();
        if (state is null)
        {
            state = MongoSeal.State(Plain, 0, 0, 0, [], []);
            collections.State.InsertOne(state);
            collections.Documents.Indexes.CreateOne(new CreateIndexModel<BsonDocument>(new BsonDocument { { "_id.k", 1 }, { "_id.i", 1 } }));
        }

        Check(state);
        return state;
    }

    /// <summary>Refuses a database of a newer version.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote it.</exception>
    public static void Check(BsonDocument state)
    {
        if (state["v"].ToInt32() <= Format) return;
        throw new StoreUnavailableException(
            $"The database was written by a newer LiveDash (format {state["v"]}, this one knows {Format}). Start that version, or name another database in LiveDash:Storage:MongoDB.");
    }

    /// <summary>Deletes what was never committed, and what a commit replaced.</summary>
    public static void Repair(MongoCollections collections, BsonDocument state)
    {
        collections.Blocks.DeleteMany(Where.Gt("g", state["g"].ToInt64()));
        if (state["dead"].AsBsonArray.Count > 0) collections.Blocks.DeleteMany(Where.In("g", state["dead"].AsBsonArray));
        if (state["gone"].AsBsonArray.Count > 0) collections.Blocks.DeleteMany(Where.In("_id", state["gone"].AsBsonArray));
        collections.Log.DeleteMany(Where.Lte("_id", state["r"].ToInt64()));
    }

    /// <summary>Reads all.</summary>
    /// <returns>Every log row's key and the newest point in it, in order.</returns>
    public static List<(long Row, long LastId)> Load(MongoCollections collections, BsonDocument state, StoreContents contents)
    {
        contents.Clear();
        foreach (var one in collections.Series.Find(Where.Empty).Sort(new BsonDocument("_id", 1)).ToEnumerable())
        {
            contents.AddSeries(one["_id"].ToInt64(), one["n"].AsString, one["t"].AsString);
        }

        contents.RaiseLastId(state["t"].ToInt64());
        foreach (var row in collections.Blocks.Find(Where.Empty).Sort(new BsonDocument("_id", 1)).Project(new BsonDocument("b", 0)).ToEnumerable())
        {
            MongoRows.ReadBlock(row, contents);
        }

        contents.EndBlocks();
        var rows = new List<(long, long)>();
        foreach (var row in collections.Log.Find(Where.Empty, new FindOptions { BatchSize = 64 }).Sort(new BsonDocument("_id", 1)).ToEnumerable())
        {
            var (first, points) = (row["f"].ToInt64(), row["n"].ToInt64());
            // An empty row stands in the place of one that was answered as not kept.
            if (points > 0) contents.AddLog(first, points, row["b"].AsByteArray);
            rows.Add((row["_id"].ToInt64(), first + points - 1));
        }

        return rows;
    }
}
