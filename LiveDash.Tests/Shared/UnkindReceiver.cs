using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveDash.Tests.Shared;

/// <summary>A receiver of webhooks that does what receivers do when they are unwell: hangs, fails, cuts off, dies and comes back on the same port.</summary>
public sealed class UnkindReceiver : IAsyncDisposable
{
    /// <summary>What becomes of one request.</summary>
    public enum Manner
    {
        /// <summary>Takes it and says so.</summary>
        Takes,

        /// <summary>Answers 500.</summary>
        Fails,

        /// <summary>Never answers.</summary>
        Hangs,

        /// <summary>Resets the connection before it has read the request.</summary>
        Resets,

        /// <summary>Takes it, and dies before it has said so.</summary>
        TakesAndDies,
    }

    private readonly Func<int, Manner> _manner;
    private readonly ConcurrentDictionary<TcpClient, Task> _open = new();
    private TcpListener _listener;
    private Task _accepting;
    private int _requests;
    private int _hanging;

    /// <summary>Starts to listen.</summary>
    /// <param name="manner">How the n-th request is treated, counted from 0.</param>
    public UnkindReceiver(Func<int, Manner> manner)
    {
        _manner = manner;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The key and body of each request it took, in order; of those that it took and died over too.</summary>
    public ConcurrentQueue<(string Key, string Body)> Taken { get; } = new();

    /// <summary>How many requests came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many hang now.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    /// <summary>It is gone: nobody listens.</summary>
    public async Task DieAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    /// <summary>It listens again where it did.</summary>
    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        foreach (var client in _open.Keys) client.Dispose();
        await Task.WhenAll(_open.Values);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            var serving = ServeAsync(client);
            _open[client] = serving;
            if (serving.IsCompleted) _open.TryRemove(client, out _);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var manner = _manner(Interlocked.Increment(ref _requests) - 1);
                if (manner == Manner.Resets)
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                var stream = client.GetStream();
                var (key, body) = await ReadAsync(stream);
                if (manner is Manner.Takes or Manner.TakesAndDies) Taken.Enqueue((key, body));
                if (manner == Manner.TakesAndDies)
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                if (manner == Manner.Hangs) await HangAsync(stream);
                else await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(manner == Manner.Fails ? "500 No" : "200 OK")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The sender has given up.
            }
        }

        _open.TryRemove(client, out _);
    }

    // Until the sender closes.
    private async Task HangAsync(NetworkStream stream)
    {
        Interlocked.Increment(ref _hanging);
        try
        {
            while (await stream.ReadAsync(new byte[1]) > 0)
            {
                // What else comes is nothing to it.
            }
        }
        finally
        {
            Interlocked.Decrement(ref _hanging);
        }
    }

    private static async Task<(string Key, string Body)> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) throw new IOException("The request was cut off.");
            received.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.UTF8.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var headers = text[..end].Split("\r\n");
            var length = int.Parse(ValueOf(headers, "Content-Length"), CultureInfo.InvariantCulture);
            if (received.Count >= Encoding.UTF8.GetByteCount(text[..end]) + 4 + length) return (ValueOf(headers, "Idempotency-Key"), text[(end + 4)..]);
        }
    }

    private static string ValueOf(string[] headers, string name) =>
        headers.First(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
}
