using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Writes log rows. A row whose outcome is unknown is inserted again under the same key; the key's being there already, with our own number in it, means kept,
/// with another's a second writer. One that was given up is written over with an empty row before anything else is, so that what was answered as not
/// kept is not. Used by the writer's thread.
/// </summary>
internal sealed class MongoLog(MongoCollections collections, Patience patience, long writer, List<(long Row, long LastId)> rows)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument s_marks = new() { { "w", 1 }, { "k", 1 } };

    private readonly RawDocument _document = new();
    private long _last = rows.Count > 0 ? rows[^1].Row : 0;
    private long _forgotten;
    private long? _doubtful;

    /// <summary>The first key that may be given, when rows were sealed and deleted before.</summary>
    public void StartAfter(long row)
    {
        _last = Math.Max(_last, row);
        _forgotten = row;
    }

    /// <summary>Keeps a row.</summary>
    public void Write(long firstId, int points, ReadOnlySpan<byte> body)
    {
        var (row, nonce) = (_last + 1, Random.Shared.NextInt64());
        MongoRows.Log(_document, row, firstId, points, writer, nonce, body);
        try
        {
            patience.Insist(() => Insert(row, nonce));
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e) && !MongoTrouble.IsRefusal(e))
        {
            _doubtful = row;
            throw;
        }

        _last = row;
        rows.Add((row, firstId + points - 1));
    }

    /// <summary>The newest row all of whose points are up to an id; forgets the rows before.</summary>
    public long SealedUpTo(long lastId)
    {
        var sealedRows = rows.FindLastIndex(row => row.LastId <= lastId);
        return sealedRows < 0 ? _forgotten : rows[sealedRows].Row;
    }

    /// <summary>Rows up to a key are gone.</summary>
    public void Forget(long row)
    {
        rows.RemoveAll(one => one.Row <= row);
        _forgotten = Math.Max(_forgotten, row);
    }

    /// <summary>Makes sure that a row which was answered as not kept is not.</summary>
    public void Resolve()
    {
        if (_doubtful is not { } row) return;
        var empty = new BsonDocument { { "_id", row }, { "f", 1L }, { "n", 0L }, { "w", writer }, { "k", 0L }, { "b", Array.Empty<byte>() } };
        collections.Log.ReplaceOne(Where.Eq("_id", row), empty, new ReplaceOptions { IsUpsert = true });
        (_last, _doubtful) = (row, null);
        rows.Add((row, 0));
    }

    private void Insert(long row, long nonce)
    {
        try
        {
            collections.RawLog.InsertOne(_document);
        }
        catch (MongoWriteException e) when (MongoTrouble.Code(e) == MongoTrouble.DuplicateKey)
        {
            var found = collections.Log.Find(Where.Eq("_id", row)).Project(s_marks).FirstOrDefault();
            if (found is not null && found["w"].ToInt64() == writer && found["k"].ToInt64() == nonce) return;
            throw new SecondWriterException("another process writes into it");
        }
    }
}
