using System.Runtime.CompilerServices;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Collections;

/// <summary>Reads mapped collections straight from the server's cursor. Thread-safe; each reading is one reader's.</summary>
public sealed class CollectionReader(CollectionClients clients, TimeProvider time)
{
    /// <summary>Streams a collection's points in the order of the documents' keys, as they come; memory is two batches'.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="admission">Takes the series; into a catalog of the caller's own, so that reading does not fill the store's.</param>
    /// <param name="filter">What more the server is to leave out; null for nothing.</param>
    /// <param name="cancellationToken">Ends the reading, and the server's cursor with it.</param>
    /// <exception cref="StoreUnavailableException">The server cannot be read.</exception>
    public async IAsyncEnumerable<PointBlock> ReadAsync(
        CollectionMap map, Admission admission, CollectionFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var account = clients.Account(map.Name);
        var mapper = new DocumentMapper(map, time.GetUtcNow().UtcTicks);
        var sink = new BlockSink(admission);
        CollectionValidator.TryFilter(map.Filter, out var wanted, out _);
        await using var cursor = new CollectionCursor(clients.Database(map), map.Collection, And(wanted, filter?.Document), mapper.Projection);
        var isFirst = true;
        while (await NextAsync(cursor, cancellationToken).ConfigureAwait(false) is { } reply)
        {
            using (reply)
            {
                // The reader has come back for this batch, so the server may look for the next one while this is mapped and written out. Not at the first: who only looks leaves then.
                if (!isFirst) cursor.Ahead(cancellationToken);
                isFirst = false;
                var (at, end) = (reply.Batch.At + 4, reply.Batch.At + reply.Batch.Length - 1);
                var (last, read) = (-1, 0);
                while (at < end)
                {
                    at = MapSome(reply, at, end, mapper, sink, account, ref last, ref read);
                    if (sink.Count < BlockSink.Capacity) continue;
                    yield return sink.Block;
                    sink.Clear();
                }

                account.Count(read);
                // At the end of a batch, since a cursor that is lost is asked for the next one alone.
                if (sink.Count > 0)
                {
                    yield return sink.Block;
                    sink.Clear();
                }

                if (last >= 0) cursor.Passed(mapper.Key(reply.Bytes[last..end]));
            }
        }
    }

    /// <summary>Whether the collection is there.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be read.</exception>
    public Task<bool> ExistsAsync(CollectionMap map, CancellationToken cancellationToken) => AskAsync(() => clients.ExistsAsync(map, cancellationToken));

    /// <summary>Whether a field has a 2d index, so that the server finds rectangles by it.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be read.</exception>
    public Task<bool> HasPlaneIndexAsync(CollectionMap map, string path, CancellationToken cancellationToken) => AskAsync(() => clients.HasPlaneIndexAsync(map, path, cancellationToken));

    private static BsonDocument And(BsonDocument one, BsonDocument? other) =>
        other is null ? one : one.ElementCount == 0 ? other : new BsonDocument("$and", new BsonArray { one, other });

    // Maps documents until the sink is full or the batch is through.
    private static int MapSome(RawReply reply, int at, int end, DocumentMapper mapper, BlockSink sink, CollectionAccount account, ref int last, ref int read)
    {
        var bytes = reply.Bytes;
        while (at < end && sink.Count < BlockSink.Capacity)
        {
            // An element of an array: type, name, document.
            if (bytes[at] != (byte)BsonType.Document) throw new InvalidDataException("The server's batch holds what is no document.");
            at += 2 + bytes[(at + 1)..end].IndexOf((byte)0);
            var document = bytes.Slice(at, BitConverter.ToInt32(bytes[at..]));
            if (mapper.Map(document, sink) is { } refused) account.Refuse(refused, mapper.KeyText(document));
            (last, read) = (at, read + 1);
            at += document.Length;
        }

        return at;
    }

    private static Task<RawReply?> NextAsync(CollectionCursor cursor, CancellationToken cancellationToken) => AskAsync(() => cursor.NextAsync(cancellationToken));

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            throw new StoreUnavailableException($"The collection cannot be read: {MongoTrouble.Describe(e)}.", e);
        }
    }
}
