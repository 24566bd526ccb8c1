using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>Reads the bodies of some blocks in one query. Thread-safe.</summary>
internal static class MongoBodies
{
    private static readonly FindOptions<BsonDocument> s_bodies = new() { Projection = new BsonDocument { { "b", 1 } } };

    /// <summary>Bodies of a collection, read ahead.</summary>
    public static BodiesAhead Of(IMongoCollection<BsonDocument> blocks)
    {
        // Also where no server is primary just now: blocks never change.
        var readable = blocks.WithReadPreference(ReadPreference.PrimaryPreferred);
        return new BodiesAhead((ids, give) =>
        {
            using var rows = readable.FindSync(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids))), s_bodies);
            while (rows.MoveNext())
            {
                foreach (var row in rows.Current) give(row["_id"].AsInt64, row["b"].AsByteArray);
            }
        });
    }
}
