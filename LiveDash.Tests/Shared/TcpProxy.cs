using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LiveDash.Tests.Shared;

/// <summary>
/// Stands between a browser and an app so that a test can cut the line, which a browser's own offline mode does not do to open WebSockets, or make it
/// slow. Thread-safe.
/// </summary>
public class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private Uri _target;
    private readonly int _jitterMs;
    private bool _cut;

    /// <summary>Listens on a free port and passes everything on.</summary>
    /// <param name="target">What it stands before.</param>
    /// <param name="jitterMs">Each piece is held back for a time up to this, by chance.</param>
    public TcpProxy(Uri target, int jitterMs = 0)
    {
        (_target, _jitterMs) = (target, jitterMs);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where a browser connects.</summary>
    public Uri Address { get; }

    /// <summary>How long each byte is under way, in each direction; zero at first.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>New connections are passed on once this is done; at first it is.</summary>
    public Task Opened { get; set; } = Task.CompletedTask;

    /// <summary>Closes every connection and each new one at once.</summary>
    public void Cut()
    {
        Socket[] open;
        lock (_gate)
        {
            _cut = true;
            open = [.. _open];
        }

        foreach (var socket in open) socket.Dispose();
    }

    /// <summary>Lets connections through again, to another app where one is given.</summary>
    public void Restore(Uri? target = null)
    {
        lock (_gate)
        {
            _target = target ?? _target;
            _cut = false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _end.CancelAsync();
        Cut();
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
            Uri target;
            lock (_gate)
            {
                if (_cut) return;
                target = _target;
                _open.Add(client);
                _open.Add(server);
            }

            try
            {
                await Opened.WaitAsync(_end.Token);
                await server.ConnectAsync(IPAddress.Loopback, target.Port, _end.Token);
                await ExchangeAsync(client, server, _end.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Cut, or one side went away.
            }
            finally
            {
                lock (_gate)
                {
                    _open.Remove(client);
                    _open.Remove(server);
                }
            }
        }
    }

    /// <summary>Passes on what comes from either side until one of them ends.</summary>
    protected virtual Task ExchangeAsync(Socket client, Socket server, CancellationToken end) => Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));

    private async Task CopyAsync(Socket from, Socket to)
    {
        // What arrives waits its time in line, while what comes after it is read already: a slow line, not a narrow one.
        var line = Channel.CreateUnbounded<(byte[] Bytes, long Due)>();
        var sending = SendAsync(line.Reader, to);
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _end.Token)) > 0) line.Writer.TryWrite((buffer[..read], Environment.TickCount64 + (long)Delay.TotalMilliseconds + (_jitterMs > 0 ? Random.Shared.Next(_jitterMs) : 0)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut, or one side went away.
        }

        line.Writer.Complete();
        await sending;
    }

    private async Task SendAsync(ChannelReader<(byte[] Bytes, long Due)> line, Socket to)
    {
        try
        {
            await foreach (var (bytes, due) in line.ReadAllAsync(_end.Token))
            {
                var wait = due - Environment.TickCount64;
                if (wait > 0) await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, _end.Token);
                await to.SendAsync(bytes, _end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut, or one side went away.
        }
    }
}
