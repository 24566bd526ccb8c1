using System.Net;
using System.Net.Sockets;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A proxy before a port of the loopback that treats each connection by the fault set when it came.</summary>
internal sealed class FaultyLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Random _random;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    public FaultyLine(int target, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>All faults, by name.</summary>
    public static IReadOnlyList<string> Faults { get; } = ["delay", "jitter", "throttle", "slice", "reset", "black-hole", "half-close", "cut-answer"];

    /// <summary>The fault of connections from now on; null for none.</summary>
    public string? Fault { get; set; }

    /// <summary>Where to connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, Fault);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, string? fault)
    {
        using (client)
        using (var server = new TcpClient())
        using (var done = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, done.Token);
                var there = CopyAsync(client, server, fault, isAnswer: false, done.Token);
                var back = CopyAsync(server, client, fault, isAnswer: true, done.Token);
                await Task.WhenAny(there, back);
                if (fault == "half-close") await Task.WhenAll(there, back).WaitAsync(TimeSpan.FromSeconds(3), done.Token);
                await done.CancelAsync();
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or TimeoutException or ObjectDisposedException)
            {
                // What faults are for.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, string? fault, bool isAnswer, CancellationToken cancellationToken)
    {
        var bytes = new byte[fault == "slice" ? 64 : 16 * 1024];
        long copied = 0;
        for (int read; (read = await from.GetStream().ReadAsync(bytes, cancellationToken)) > 0; copied += read)
        {
            switch (fault)
            {
                case "delay":
                    await Task.Delay(200, cancellationToken);
                    break;
                case "jitter":
                    await Task.Delay(Chance(150), cancellationToken);
                    break;
                case "throttle":
                    await Task.Delay(read / 100, cancellationToken);
                    break;
                case "black-hole":
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    break;
                case "reset" when copied + read > 4_000 || isAnswer:
                    from.LingerState = to.LingerState = new LingerOption(true, 0);
                    return;
                case "cut-answer" when isAnswer:
                    await to.GetStream().WriteAsync(bytes.AsMemory(0, read / 2), cancellationToken);
                    return;
                case "half-close" when !isAnswer:
                    await to.GetStream().WriteAsync(bytes.AsMemory(0, read / 2), cancellationToken);
                    to.Client.Shutdown(SocketShutdown.Send);
                    return;
            }

            if (fault == "slice")
            {
                for (var i = 0; i < read; i++) await to.GetStream().WriteAsync(bytes.AsMemory(i, 1), cancellationToken);
            }
            else
            {
                await to.GetStream().WriteAsync(bytes.AsMemory(0, read), cancellationToken);
            }
        }
    }

    private int Chance(int most)
    {
        lock (_random) return _random.Next(most);
    }
}
