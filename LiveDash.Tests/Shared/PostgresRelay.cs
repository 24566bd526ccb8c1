using System.Net;
using System.Net.Sockets;

namespace LiveDash.Tests.Shared;

/// <summary>Stands before a server of PostgreSQL and cuts the line at a commit: before the server hears of it, or after it has done it and before its answer is heard. Thread-safe.</summary>
public sealed class PostgresRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly PostgresServer _server;
    private readonly Task _accepting;
    private volatile bool _isClosed;
    private int _lost;

    public PostgresRelay(PostgresServer server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>While true, nobody gets through anew.</summary>
    public bool IsClosed
    {
        get => _isClosed;
        set => _isClosed = value;
    }

    /// <summary>True to cut before the server hears of the commit.</summary>
    public bool Before { get; set; }

    /// <summary>True to let nobody through anew after a commit was cut.</summary>
    public bool CloseAfter { get; set; }

    /// <summary>How many of the next commits are cut.</summary>
    public int Lose
    {
        set => Interlocked.Exchange(ref _lost, value);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            if (_isClosed) return;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server.Port, _end.Token);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                var back = BackAsync(server, client, stop.Token);
                await Task.WhenAny(back, ForthAsync(client, server, stop));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One side went away.
            }
        }
    }

    private static async Task BackAsync(Socket server, Socket client, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await server.ReceiveAsync(buffer, stop)) > 0) await client.SendAsync(buffer.AsMemory(0, read), stop);
    }

    private async Task ForthAsync(Socket client, Socket server, CancellationTokenSource stop)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await client.ReceiveAsync(buffer, stop.Token)) > 0)
        {
            var commits = buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Decrement(ref _lost) >= 0;
            if (!commits)
            {
                await server.SendAsync(buffer.AsMemory(0, read), stop.Token);
                continue;
            }

            // Nothing of the answer comes back; that there is one says that it is done.
            await stop.CancelAsync();
            _isClosed |= CloseAfter;
            if (Before) return;
            await server.SendAsync(buffer.AsMemory(0, read), _end.Token);
            await server.ReceiveAsync(buffer, _end.Token);
            return;
        }
    }
}
