using System.Net.Sockets;

namespace LiveDash.Tests.Shared;

/// <summary>Stands before a server of PostgreSQL and cuts the line at a commit: before the server hears of it, or after it has done it and before its answer is heard. Thread-safe.</summary>
public sealed class PostgresRelay(PostgresServer server) : TcpProxy(new Uri($"http://127.0.0.1:{server.Port}"))
{
    private int _lost;

    /// <summary>Its port.</summary>
    public int Port => Address.Port;

    /// <summary>True to cut before the server hears of the commit.</summary>
    public bool Before { get; set; }

    /// <summary>True to let nobody through any more once a commit was cut, until it is restored.</summary>
    public bool CutsAll { get; set; }

    /// <summary>How many of the next commits are cut.</summary>
    public int Lose
    {
        set => Interlocked.Exchange(ref _lost, value);
    }

    /// <inheritdoc/>
    protected override async Task ExchangeAsync(Socket client, Socket server, CancellationToken end)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        await Task.WhenAny(BackAsync(server, client, stop.Token), ForthAsync(client, server, stop, end));
    }

    private static async Task BackAsync(Socket server, Socket client, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await server.ReceiveAsync(buffer, stop)) > 0) await client.SendAsync(buffer.AsMemory(0, read), stop);
    }

    private async Task ForthAsync(Socket client, Socket server, CancellationTokenSource stop, CancellationToken end)
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
            if (!Before)
            {
                await server.SendAsync(buffer.AsMemory(0, read), end);
                await server.ReceiveAsync(buffer, end);
            }

            if (CutsAll) Cut();
            return;
        }
    }
}
