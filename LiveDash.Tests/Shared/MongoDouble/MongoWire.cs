using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>
/// Speaks MongoDB's wire protocol on a port of the loopback (OP_MSG, and OP_QUERY for the first hello) and hands each command to a handler, with the
/// number of its connection. A handler's null closes the connection. See https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/.
/// </summary>
internal sealed class MongoWire : IAsyncDisposable
{
    private const int OpMsg = 2013;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, BsonDocument, CancellationToken, Task<BsonDocument?>> _handler;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, TcpClient> _open = new();
    private readonly Task _accepting;
    private int _connections;
    private int _request;

    public MongoWire(Func<int, BsonDocument, CancellationToken, Task<BsonDocument?>> handler)
    {
        _handler = handler;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection; new ones are taken.</summary>
    public void CutAll()
    {
        foreach (var client in _open.Values) client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CutAll();
        await _accepting;
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
        _open[connection] = client;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var header = new byte[16];
        try
        {
            await using var stream = client.GetStream();
            while (true)
            {
                await stream.ReadExactlyAsync(header, gone.Token);
                var body = new byte[Int(header, 0) - 16];
                await stream.ReadExactlyAsync(body, gone.Token);
                var isMessage = Int(header, 12) == OpMsg;
                var (command, moreToCome) = isMessage ? ReadMessage(body) : (ReadQuery(body), false);
                var reply = await _handler(connection, command, gone.Token);
                if (reply is null) return;
                if (moreToCome) continue;
                await stream.WriteAsync(Frame(reply.ToBson(), Int(header, 4), isMessage), gone.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side has left, or the connection was cut.
        }
        finally
        {
            await gone.CancelAsync();
            _open.TryRemove(connection, out _);
        }
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static (BsonDocument Command, bool MoreToCome) ReadMessage(byte[] body)
    {
        var flags = Int(body, 0);
        var end = body.Length - ((flags & 1) != 0 ? 4 : 0);
        BsonDocument? command = null;
        var sequences = new List<(string Name, BsonArray Documents)>();
        for (var at = 4; at < end;)
        {
            var kind = body[at++];
            var length = Int(body, at);
            if (kind == 0)
            {
                command = Document(body, at, length);
            }
            else
            {
                var zero = Array.IndexOf(body, (byte)0, at + 4);
                var documents = new BsonArray();
                for (var p = zero + 1; p < at + length; p += Int(body, p)) documents.Add(Document(body, p, Int(body, p)));
                sequences.Add((Encoding.UTF8.GetString(body, at + 4, zero - at - 4), documents));
            }

            at += length;
        }

        foreach (var (name, documents) in sequences) command![name] = documents;
        return (command!, (flags & 2) != 0);
    }

    private static BsonDocument ReadQuery(byte[] body)
    {
        var at = Array.IndexOf(body, (byte)0, 4) + 9;
        return Document(body, at, Int(body, at));
    }

    private static BsonDocument Document(byte[] bytes, int at, int length) => BsonSerializer.Deserialize<BsonDocument>(bytes.AsSpan(at, length).ToArray());

    private byte[] Frame(byte[] reply, int to, bool isMessage)
    {
        var start = isMessage ? 21 : 36;
        var frame = new byte[start + reply.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), Interlocked.Increment(ref _request));
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(8), to);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), isMessage ? OpMsg : 1);
        if (!isMessage) (frame[16], frame[32]) = (8, 1);
        reply.CopyTo(frame, start);
        return frame;
    }
}
