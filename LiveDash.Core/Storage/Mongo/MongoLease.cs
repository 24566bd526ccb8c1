using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// One LiveDash owns a database: <c>owner {_id: 'owner', token, who, until}</c>, renewed while it lives. Times are the server's own, so that clocks of
/// machines do not matter. The lease keeps two from starting; what fences a second writer for certain are the keys of log rows and the number in
/// the commit point. Used by one thread at a time.
/// </summary>
internal sealed class MongoLease(MongoStoreOptions options, TimeProvider time)
{
    private readonly string _token = Guid.NewGuid().ToString("N");
    private long _renewed;

    /// <summary>How long ago it was renewed.</summary>
    public TimeSpan Age => time.GetElapsedTime(Interlocked.Read(ref _renewed));

    /// <summary>True when it should be renewed.</summary>
    public bool IsDue => Age >= options.Lease / 3;

    /// <summary>Takes the lease; where another holds it, waits until it must have been renewed.</summary>
    /// <exception cref="StoreUnavailableException">Another LiveDash lives and holds it.</exception>
    public void Take(MongoCollections collections, Func<TimeSpan, bool> pause)
    {
        var begun = time.GetTimestamp();
        BsonValue? seen = null;
        while (true)
        {
            var now = Now(collections);
            if (TryTake(collections, now)) return;
            var owner = collections.Owner.Find(Builders<BsonDocument>.Filter.Eq("_id", "owner")).FirstOrDefault();
            if (owner is null || (LeaseHolder.IsKnownDead(owner) && TryReplace(collections, owner, now))) continue;
            // It was renewed while we looked, so its owner lives; or it is held for longer than a lease lasts.
            if ((seen is not null && seen != owner["until"]) || time.GetElapsedTime(begun) > options.Lease * 2 || !pause(options.Lease / 20))
            {
                throw new StoreUnavailableException(
                    $"The database {options.Address} is in use by another LiveDash ({owner.GetValue("who", "unknown")}). Stop that one, or name another database in LiveDash:Storage:MongoDB.");
            }

            seen = owner["until"];
        }
    }

    /// <summary>Holds it for longer.</summary>
    /// <exception cref="SecondWriterException">Another has it now.</exception>
    public void Renew(MongoCollections collections)
    {
        var now = Now(collections);
        var kept = collections.Owner.UpdateOne(
            Builders<BsonDocument>.Filter.Eq("_id", "owner") & Builders<BsonDocument>.Filter.Eq("token", _token),
            Builders<BsonDocument>.Update.Set("until", Until(now)));
        if (kept.MatchedCount == 0) throw new SecondWriterException("another LiveDash took the database over");
        Interlocked.Exchange(ref _renewed, time.GetTimestamp());
    }

    /// <summary>Gives it back, so that the next need not wait.</summary>
    public void Release(MongoCollections collections)
    {
        LeaseHolder.Closed(_token);
        collections.Owner.DeleteOne(Builders<BsonDocument>.Filter.Eq("_id", "owner") & Builders<BsonDocument>.Filter.Eq("token", _token));
    }

    // In the place of one that is known to be dead; of two who try, one does.
    private bool TryReplace(MongoCollections collections, BsonDocument dead, DateTime now) => collections.Owner.ReplaceOne(
        Builders<BsonDocument>.Filter.Eq("_id", "owner") & Builders<BsonDocument>.Filter.Eq("token", dead["token"]), LeaseHolder.Lease(_token, Until(now))).ModifiedCount == 1;

    private bool TryTake(MongoCollections collections, DateTime now)
    {
        try
        {
            // An upsert of what is there, but is not ours to replace, is an insert of a second: the key refuses it.
            collections.Owner.ReplaceOne(
                Builders<BsonDocument>.Filter.Eq("_id", "owner")
                & (Builders<BsonDocument>.Filter.Lt("until", new BsonDateTime(now)) | Builders<BsonDocument>.Filter.Eq("token", _token)),
                LeaseHolder.Lease(_token, Until(now)), new ReplaceOptions { IsUpsert = true });
        }
        catch (MongoWriteException e) when (MongoTrouble.Code(e) == MongoTrouble.DuplicateKey)
        {
            return false;
        }

        Interlocked.Exchange(ref _renewed, time.GetTimestamp());
        return true;
    }

    private BsonDateTime Until(DateTime now) => new(now + options.Lease);

    private static DateTime Now(MongoCollections collections) =>
        collections.Database.RunCommand<BsonDocument>(new BsonDocument("hello", 1))["localTime"].ToUniversalTime();
}
