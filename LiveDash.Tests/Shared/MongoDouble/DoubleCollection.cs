using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>A collection: documents in the order of their keys. Guarded by the server's lock.</summary>
internal sealed class DoubleCollection
{
    private readonly List<BsonValue> _keys = [];
    private readonly List<BsonDocument> _documents = [];

    public List<BsonDocument> Indexes { get; } = [new BsonDocument { { "v", 2 }, { "key", new BsonDocument("_id", 1) }, { "name", "_id_" } }];

    /// <summary>True for one that refuses change streams, as time series do.</summary>
    public bool IsTimeSeries { get; set; }

    public int Count => _documents.Count;

    public long Bytes { get; private set; }

    /// <summary>The documents of this moment, in the order of their keys.</summary>
    public IEnumerable<BsonDocument> Find(BsonDocument filter)
    {
        if (filter.TryGetValue("_id", out var id))
        {
            if (id is not BsonDocument { ElementCount: > 0 } range || !range.GetElement(0).Name.StartsWith('$'))
            {
                var at = _keys.BinarySearch(id);
                return at >= 0 && DoubleFilter.Matches(_documents[at], filter) ? [_documents[at]] : [];
            }

            // A stream that goes on behind its last key must not begin at the first.
            if (range.TryGetValue("$gt", out var after))
            {
                var at = _keys.BinarySearch(after);
                return Copy(at >= 0 ? at + 1 : ~at).Where(d => DoubleFilter.Matches(d, filter));
            }
        }

        return filter.ElementCount == 0 ? Copy(0) : Copy(0).Where(d => DoubleFilter.Matches(d, filter));
    }

    public void Insert(BsonDocument document)
    {
        var bytes = document.ToBson().Length;
        if (bytes > 16 << 20) throw new MongoFault(10334, "BSONObjectTooLarge", "object to insert too large");
        var at = _keys.BinarySearch(document["_id"]);
        if (at >= 0) throw new MongoFault(11000, "DuplicateKey", $"E11000 duplicate key error index: _id_ dup key: {{ _id: {document["_id"]} }}");
        CheckUnique(document);
        _keys.Insert(~at, document["_id"]);
        _documents.Insert(~at, document);
        Bytes += bytes;
    }

    public void Replace(BsonDocument before, BsonDocument after)
    {
        if (!before["_id"].Equals(after["_id"])) throw new MongoFault(66, "ImmutableField", "the _id field cannot be changed");
        _documents[_keys.BinarySearch(before["_id"])] = after;
        Bytes += after.ToBson().Length - before.ToBson().Length;
    }

    public void Remove(BsonDocument document)
    {
        var at = _keys.BinarySearch(document["_id"]);
        Bytes -= _documents[at].ToBson().Length;
        _keys.RemoveAt(at);
        _documents.RemoveAt(at);
    }

    private List<BsonDocument> Copy(int from) => _documents.GetRange(from, _documents.Count - from);

    private void CheckUnique(BsonDocument document)
    {
        foreach (var index in Indexes.Where(static i => i.GetValue("unique", false).ToBoolean()))
        {
            var names = index["key"].AsBsonDocument.Names.ToArray();
            if (_documents.Exists(other => Array.TrueForAll(names, n => Equals(DoubleFilter.Get(other, n) ?? BsonNull.Value, DoubleFilter.Get(document, n) ?? BsonNull.Value))))
            {
                throw new MongoFault(11000, "DuplicateKey", $"E11000 duplicate key error index: {index["name"]}");
            }
        }
    }
}
