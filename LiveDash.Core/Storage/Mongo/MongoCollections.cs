using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>The collections of a store; docs/STORES.md draws what stands in them.</summary>
internal sealed class MongoCollections
{
    /// <summary>Takes them from a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="replicated">True for a replica set or a sharded cluster: then only what a majority has is read.</param>
    public MongoCollections(IMongoDatabase database, bool replicated)
    {
        Database = replicated ? database.WithReadConcern(ReadConcern.Majority) : database;
        Series = Database.GetCollection<BsonDocument>("series");
        Log = Database.GetCollection<BsonDocument>("log");
        RawLog = Database.GetCollection<RawDocument>("log");
        Blocks = Database.GetCollection<BsonDocument>("block");
        RawBlocks = Database.GetCollection<RawDocument>("block");
        State = Database.GetCollection<BsonDocument>("state");
        Documents = Database.GetCollection<BsonDocument>("document");
        Intents = Database.GetCollection<BsonDocument>("intent");
        Chunks = Database.GetCollection<BsonDocument>("chunk");
        Owner = Database.GetCollection<BsonDocument>("owner");
    }

    public IMongoDatabase Database { get; }

    public IMongoCollection<BsonDocument> Series { get; }

    public IMongoCollection<BsonDocument> Log { get; }

    public IMongoCollection<RawDocument> RawLog { get; }

    public IMongoCollection<BsonDocument> Blocks { get; }

    public IMongoCollection<RawDocument> RawBlocks { get; }

    public IMongoCollection<BsonDocument> State { get; }

    public IMongoCollection<BsonDocument> Documents { get; }

    public IMongoCollection<BsonDocument> Intents { get; }

    public IMongoCollection<BsonDocument> Chunks { get; }

    public IMongoCollection<BsonDocument> Owner { get; }
}
