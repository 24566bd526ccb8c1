using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>The updates, sorts and projections that LiveDash sends, and no others.</summary>
internal static class DoubleUpdate
{
    /// <summary>A document after an update, or the one that an upsert makes where there was none.</summary>
    public static BsonDocument Apply(BsonDocument? before, BsonDocument filter, BsonValue change)
    {
        if (change is not BsonDocument update) throw new MongoFault(9, "FailedToParse", "the double does not know update pipelines");
        if (update.ElementCount == 0 || !update.GetElement(0).Name.StartsWith('$'))
        {
            var whole = update.DeepClone().AsBsonDocument;
            whole.Remove("_id");
            whole.InsertAt(0, new BsonElement("_id", before?["_id"] ?? IdOf(filter) ?? update.GetValue("_id", ObjectId.GenerateNewId())));
            return whole;
        }

        var after = before?.DeepClone().AsBsonDocument ?? FromFilter(filter);
        foreach (var one in update)
        {
            foreach (var field in one.Value.AsBsonDocument)
            {
                switch (one.Name)
                {
                    case "$set": after[field.Name] = field.Value; break;
                    case "$setOnInsert": if (before is null) after[field.Name] = field.Value; break;
                    case "$unset": after.Remove(field.Name); break;
                    default: throw new MongoFault(9, "FailedToParse", $"Unknown modifier: {one.Name} (the double does not know it)");
                }
            }
        }

        return after;
    }

    public static IEnumerable<BsonDocument> Sorted(IEnumerable<BsonDocument> documents, BsonDocument sort)
    {
        if (sort.ElementCount == 0) return documents;
        var list = documents.ToList();
        list.Sort((a, b) =>
        {
            foreach (var key in sort)
            {
                var order = (DoubleFilter.Get(a, key.Name) ?? BsonNull.Value).CompareTo(DoubleFilter.Get(b, key.Name) ?? BsonNull.Value);
                if (order != 0) return key.Value.ToInt32() < 0 ? -order : order;
            }

            return 0;
        });
        return list;
    }

    public static BsonDocument Projected(BsonDocument document, BsonDocument projection)
    {
        if (projection.ElementCount == 0) return document;
        if (projection.Any(static e => e.Value is BsonDocument or BsonString)) throw new MongoFault(2, "BadValue", "the double knows plain projections alone");
        var takes = projection.Any(static e => e.Name != "_id" && e.Value.ToBoolean());
        var tops = projection.Where(static e => e.Name != "_id").Select(static e => e.Name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var id = projection.GetValue("_id", true).ToBoolean();
        return new BsonDocument(document.Where(e => e.Name == "_id" ? id : takes == tops.Contains(e.Name)));
    }

    private static BsonValue? IdOf(BsonDocument filter) => filter.TryGetValue("_id", out var id) && id is not BsonDocument { ElementCount: > 0 } ? id
        : id is BsonDocument whole && !whole.GetElement(0).Name.StartsWith('$') ? whole : null;

    private static BsonDocument FromFilter(BsonDocument filter)
    {
        var made = new BsonDocument("_id", IdOf(filter) ?? ObjectId.GenerateNewId());
        foreach (var element in filter)
        {
            if (element.Name != "_id" && !element.Name.StartsWith('$') && element.Value is not BsonDocument) made[element.Name] = element.Value;
        }

        return made;
    }
}
