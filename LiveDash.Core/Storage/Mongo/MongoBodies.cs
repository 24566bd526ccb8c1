using System.Collections.Concurrent;
using LiveDash.Core.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Reads the bodies of sealed blocks, and those that follow in the same scan along with them: a round trip for sixteen. What was read ahead waits for
/// its scan in a store that all scans share. Thread-safe.
/// </summary>
internal sealed class MongoBodies(IMongoCollection<BsonDocument> blocks)
{
    // Also where no server is primary just now: blocks never change.
    private readonly IMongoCollection<BsonDocument> _blocks = blocks.WithReadPreference(ReadPreference.PrimaryPreferred);

    // Bodies read ahead, all scans together: about 4 MiB. When it is full, scans read one by one.
    private const int MaxWaiting = 256;

    private static readonly FindOptions<BsonDocument> s_bodies = new() { Projection = new BsonDocument { { "b", 1 } } };

    private readonly ConcurrentDictionary<long, byte[]> _waiting = new();

    /// <summary>Reads a body into the beginning of an array; false where the block is gone.</summary>
    public bool TryRead(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        if (!_waiting.TryRemove(block.Id, out var body))
        {
            body = Read(block.Id, next);
            if (body is null) return false;
        }

        // A body of another length is not the block we know: its checksum is wrong then, too.
        body.AsSpan(0, Math.Min(body.Length, into.Length)).CopyTo(into);
        return true;
    }

    private byte[]? Read(long wanted, ReadOnlySpan<BlockHeader> next)
    {
        var ids = new BsonArray { wanted };
        if (_waiting.Count + next.Length > MaxWaiting) _waiting.Clear();
        foreach (var one in next) ids.Add(one.Id);
        byte[]? body = null;
        using var rows = _blocks.FindSync(new BsonDocument("_id", new BsonDocument("$in", ids)), s_bodies);
        while (rows.MoveNext())
        {
            foreach (var row in rows.Current)
            {
                var bytes = row["b"].AsByteArray;
                if (row["_id"].AsInt64 == wanted) body = bytes;
                else _waiting[row["_id"].AsInt64] = bytes;
            }
        }

        return body;
    }
}
