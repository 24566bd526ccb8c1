using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>What kind of server it is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Text">The kind, for people.</param>
/// <param name="Replicated">False for a standalone, which has no failover.</param>
internal sealed record MongoTopology(string Version, string Text, bool Replicated)
{
    /// <summary>Asks the server.</summary>
    public static MongoTopology Ask(IMongoDatabase database)
    {
        var hello = database.RunCommand<BsonDocument>(new BsonDocument("hello", 1));
        var version = database.RunCommand<BsonDocument>(new BsonDocument("buildInfo", 1))["version"].AsString;
        if (hello.TryGetValue("setName", out var set)) return new MongoTopology(version, $"replica set {set} of {hello.GetValue("hosts", new BsonArray()).AsBsonArray.Count}", true);
        return hello.GetValue("msg", "") == "isdbgrid"
            ? new MongoTopology(version, "sharded cluster", true)
            : new MongoTopology(version, "standalone, without failover", false);
    }
}
