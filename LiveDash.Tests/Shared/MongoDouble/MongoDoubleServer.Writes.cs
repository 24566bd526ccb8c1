using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

internal sealed partial class MongoDoubleServer
{
    private BsonDocument Insert_NeedsLock(string ns, BsonDocument command)
    {
        var errors = new BsonArray();
        var (n, at, collection) = (0, 0, Of_NeedsLock(ns));
        foreach (var document in command["documents"].AsBsonArray.Select(static d => d.AsBsonDocument))
        {
            if (!document.Contains("_id")) document.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
            try
            {
                collection.Insert(document);
                Log_NeedsLock("insert", ns, document);
                n++;
            }
            catch (MongoFault fault)
            {
                errors.Add(Error(at, fault));
                if (command.GetValue("ordered", true).AsBoolean) break;
            }

            at++;
        }

        return Written(n, errors);
    }

    private BsonDocument Update_NeedsLock(string ns, BsonDocument command)
    {
        var (errors, upserted) = (new BsonArray(), new BsonArray());
        var (n, modified, at, collection) = (0, 0, 0, Of_NeedsLock(ns));
        foreach (var one in command["updates"].AsBsonArray.Select(static u => u.AsBsonDocument))
        {
            try
            {
                var filter = one["q"].AsBsonDocument;
                var found = collection.Find(filter).Take(one.GetValue("multi", false).AsBoolean ? int.MaxValue : 1).ToList();
                foreach (var before in found)
                {
                    var after = DoubleUpdate.Apply(before, filter, one["u"]);
                    n++;
                    if (after.Equals(before)) continue;
                    collection.Replace(before, after);
                    Log_NeedsLock("update", ns, after);
                    modified++;
                }

                if (found.Count == 0 && one.GetValue("upsert", false).AsBoolean)
                {
                    var made = DoubleUpdate.Apply(null, filter, one["u"]);
                    collection.Insert(made);
                    Log_NeedsLock("insert", ns, made);
                    upserted.Add(new BsonDocument { { "index", at }, { "_id", made["_id"] } });
                    n++;
                }
            }
            catch (MongoFault fault)
            {
                errors.Add(Error(at, fault));
                if (command.GetValue("ordered", true).AsBoolean) break;
            }

            at++;
        }

        var reply = Written(n, errors).Add("nModified", modified);
        return upserted.Count > 0 ? reply.Add("upserted", upserted) : reply;
    }

    private BsonDocument Delete_NeedsLock(string ns, BsonDocument command)
    {
        var n = 0;
        foreach (var one in command["deletes"].AsBsonArray)
        {
            if (Read_NeedsLock(ns) is not { } collection) continue;
            foreach (var document in collection.Find(one["q"].AsBsonDocument).Take(one["limit"].ToInt32() == 1 ? 1 : int.MaxValue).ToList())
            {
                collection.Remove(document);
                Log_NeedsLock("delete", ns, document);
                n++;
            }
        }

        return Written(n, []);
    }

    private BsonDocument Create_NeedsLock(string ns, BsonDocument command)
    {
        if (command.Contains("capped")) throw new MongoFault(72, "InvalidOptions", "The double has no capped collections.");
        if (_collections.ContainsKey(ns)) throw new MongoFault(48, "NamespaceExists", $"Collection {ns} already exists.");
        Of_NeedsLock(ns).IsTimeSeries = command.Contains("timeseries");
        return Ok();
    }

    private BsonDocument Drop_NeedsLock(string ns)
    {
        if (!_collections.Remove(ns)) throw new MongoFault(26, "NamespaceNotFound", "ns not found");
        Log_NeedsLock("drop", ns, []);
        Log_NeedsLock("invalidate", ns, []);
        return Ok();
    }

    private BsonDocument DropAll_NeedsLock(string db)
    {
        foreach (var name in _collections.Keys.Where(k => k.StartsWith(db + ".", StringComparison.Ordinal)).ToList()) Drop_NeedsLock(name);
        return Ok();
    }

    private BsonDocument CreateIndexes_NeedsLock(string ns, BsonDocument command)
    {
        var collection = Of_NeedsLock(ns);
        foreach (var index in command["indexes"].AsBsonArray.Select(static i => i.AsBsonDocument))
        {
            if (index.Contains("partialFilterExpression") || index.Contains("expireAfterSeconds")) throw MongoFault.Unknown("partial and expiring indexes");
            if (!collection.Indexes.Exists(i => i["name"] == index["name"])) collection.Indexes.Add(index);
        }

        return Ok();
    }

    private static BsonDocument Written(int n, BsonArray errors) => errors.Count > 0 ? Ok().Add("n", n).Add("writeErrors", errors) : Ok().Add("n", n);

    private static BsonDocument Error(int index, MongoFault fault) => new() { { "index", index }, { "code", fault.Code }, { "errmsg", fault.Message } };
}
