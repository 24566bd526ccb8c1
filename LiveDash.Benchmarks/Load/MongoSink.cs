using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Core.Collections;
using MongoDB.Bson;

namespace LiveDash.Benchmarks.Load;

/// <summary>
/// A server that only answers: writes are counted and thrown away, and a find on <c>coords</c> gives the seed's documents. What is measured against it is the driver, the network
/// and what stands before them, not a database. It may put each reply together when it is asked for it, as any server must, or have all ready beforehand, as none has.
/// </summary>
internal sealed class MongoSink : IAsyncDisposable
{
    private const int OpMsg = 2013;
    private const int MostDocuments = 100_000;

    private static readonly byte[] s_ok = new BsonDocument("ok", 1.0).ToBson();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[][] _documents;
    private readonly ConcurrentDictionary<(int From, int Count, bool First), byte[]> _replies = new();
    private int _connections;
    private long _inserts;
    private long _insertBytes;

    /// <summary>Starts it with so many documents of the seed.</summary>
    public MongoSink(int documents)
    {
        _documents = [.. Enumerable.Range(0, documents).Select(static i => new BsonDocument { { "_id", ObjectId.GenerateNewId() }, { "pt", new BsonArray { i % 50, i / 50 % 50 } }, { "id", i } }.ToBson())];
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>True to put each reply together anew.</summary>
    public bool MakesReplies { get; set; }

    /// <summary>How many inserts came, and their bytes.</summary>
    public (long Count, long Bytes) Inserts => (Interlocked.Read(ref _inserts), Interlocked.Read(ref _insertBytes));

    /// <summary>Its address.</summary>
    public string Address => $"mongodb://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/test";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _ = Task.Run(() => ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using var owned = client;
        var header = new byte[16];
        var body = new byte[64 * 1024];
        try
        {
            await using var stream = client.GetStream();
            while (true)
            {
                await stream.ReadExactlyAsync(header, _stop.Token);
                var length = BinaryPrimitives.ReadInt32LittleEndian(header) - 16;
                if (body.Length < length) body = new byte[length];
                await stream.ReadExactlyAsync(body.AsMemory(0, length), _stop.Token);
                var isMessage = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)) == OpMsg;
                var at = isMessage ? 5 : Array.IndexOf(body, (byte)0, 4) + 9;
                var reply = Answer(body.AsSpan(at, length - at), length, connection);
                await stream.WriteAsync(Head(reply.Length, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), isMessage), _stop.Token);
                await stream.WriteAsync(reply, _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has left.
        }
    }

    private static byte[] Head(int reply, int to, bool isMessage)
    {
        var head = new byte[isMessage ? 21 : 36];
        BinaryPrimitives.WriteInt32LittleEndian(head, head.Length + reply);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), to);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), isMessage ? OpMsg : 1);
        if (!isMessage) (head[16], head[32]) = (8, 1);
        return head;
    }

    private byte[] Answer(ReadOnlySpan<byte> command, int length, int connection)
    {
        var elements = new BsonElements(command);
        elements.Next();
        var name = Encoding.ASCII.GetString(elements.Name);
        switch (name)
        {
            case "hello" or "isMaster" or "ismaster": return Hello(connection);
            case "insert":
                Interlocked.Increment(ref _inserts);
                Interlocked.Add(ref _insertBytes, length);
                return new BsonDocument { { "n", 1 }, { "ok", 1.0 } }.ToBson();
            case "update": return new BsonDocument { { "n", 1 }, { "nModified", 1 }, { "ok", 1.0 } }.ToBson();
            case "delete": return new BsonDocument { { "n", 0 }, { "ok", 1.0 } }.ToBson();
            case "buildInfo": return new BsonDocument { { "version", "7.0.0" }, { "ok", 1.0 } }.ToBson();
            case "dbStats": return new BsonDocument { { "dataSize", 0L }, { "storageSize", 0L }, { "indexSize", 0L }, { "ok", 1.0 } }.ToBson();
            case "listCollections": return Cursor(0, "firstBatch", [new BsonDocument { { "name", "coords" }, { "type", "collection" } }]);
        }

        if (name is not ("find" or "getMore")) return s_ok;
        var isFind = name == "find";
        var (from, collection, size) = (0, "", MostDocuments);
        if (isFind) collection = Encoding.UTF8.GetString(elements.Value[4..^1]);
        else from = (int)BinaryPrimitives.ReadInt64LittleEndian(elements.Value);
        while (elements.Next())
        {
            if (elements.Name.SequenceEqual("batchSize"u8)) size = elements.Type == BsonType.Int32 ? BinaryPrimitives.ReadInt32LittleEndian(elements.Value) : (int)BinaryPrimitives.ReadInt64LittleEndian(elements.Value);
        }

        if (isFind && collection != "coords") return Cursor(0, "firstBatch", []);
        var page = (from, Math.Min(size == 0 ? 101 : size, _documents.Length - from), isFind);
        return MakesReplies ? Encode(page) : _replies.GetOrAdd(page, Encode);
    }

    private byte[] Encode((int From, int Count, bool First) page)
    {
        var batch = new BsonArray(page.Count);
        for (var i = page.From; i < page.From + page.Count; i++) batch.Add(new RawBsonDocument(_documents[i]));
        // The number of a cursor is the place where it goes on.
        var next = page.From + page.Count;
        return Cursor(next < _documents.Length ? next : 0, page.First ? "firstBatch" : "nextBatch", batch);
    }

    private static byte[] Cursor(long id, string batch, BsonArray documents) =>
        new BsonDocument { { "cursor", new BsonDocument { { batch, documents }, { "id", id }, { "ns", "test.coords" } } }, { "ok", 1.0 } }.ToBson();

    private static byte[] Hello(int connection) => new BsonDocument
    {
        { "ismaster", true }, { "isWritablePrimary", true }, { "helloOk", true }, { "maxBsonObjectSize", 16 << 20 }, { "maxMessageSizeBytes", 48_000_000 }, { "maxWriteBatchSize", 100_000 },
        { "localTime", TimeProvider.System.GetUtcNow().UtcDateTime }, { "logicalSessionTimeoutMinutes", 30 }, { "minWireVersion", 0 }, { "maxWireVersion", 21 }, { "readOnly", false },
        { "connectionId", connection }, { "ok", 1.0 },
    }.ToBson();
}
