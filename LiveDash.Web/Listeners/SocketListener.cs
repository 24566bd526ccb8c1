using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion.Listeners;

namespace LiveDash.Web.Listeners;

/// <summary>
/// The sockets of one line protocol: TCP, UDP or both on the same port. Connections are bounded by the listener's settings; datagrams are read one after the other.
/// </summary>
internal sealed partial class SocketListener(ListenerStatus status, ListenerSessions sessions, LoopSupervisor loops, TimeProvider time, ILogger logger) : IListenerServer
{
    // The kernel may give less; what does not fit is lost before anybody can count it.
    private const int DatagramBuffer = 8 * 1024 * 1024;
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    // Bounded by the listener's MaxConnections.
    private readonly HashSet<Task> _serving = [];
    private CancellationTokenSource? _stopping;
    private Socket? _tcp;
    private Socket? _udp;
    private Task[] _loops = [];

    /// <inheritdoc/>
    public Task<EndPoint> StartAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        Bind(endpoint);
        _stopping = new CancellationTokenSource();
        var stop = _stopping.Token;
        var running = new List<Task>();
        if (_tcp is { } tcp) running.Add(loops.RunAsync($"listener {status.Spec.Name} connections", (loop, life) => AcceptAsync(loop, tcp, life, stop), stop));
        if (_udp is { } udp) running.Add(loops.RunAsync($"listener {status.Spec.Name} datagrams", (loop, life) => ReceiveAsync(loop, udp, life), stop));
        _loops = [.. running];
        return Task.FromResult((_tcp ?? _udp)!.LocalEndPoint!);
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        if (_stopping is null) return;
        await _stopping.CancelAsync();
        Release();
        await Task.WhenAll(_loops);
        Task[] serving;
        lock (_gate) serving = [.. _serving];
        await Task.WhenAll(serving);
        _stopping.Dispose();
        _stopping = null;
    }

    private void Bind(IPEndPoint endpoint)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (status.Spec.Transport.Contains("TCP", StringComparison.Ordinal))
                {
                    _tcp = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                    _tcp.Bind(endpoint);
                    _tcp.Listen(512);
                }

                if (status.Spec.Transport.Contains("UDP", StringComparison.Ordinal))
                {
                    _udp = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = DatagramBuffer };
                    _udp.Bind(_tcp?.LocalEndPoint ?? endpoint);
                }

                return;
            }
            catch (SocketException)
            {
                Release();
                // A free port of one kind may be taken for the other.
                if (endpoint.Port != 0 || attempt == 10) throw;
            }
        }
    }

    private void Release()
    {
        _tcp?.Dispose();
        _udp?.Dispose();
        _tcp = _udp = null;
    }

    // Connections go on where this loop fails: only the listener's end ends them.
    private async Task AcceptAsync(BackgroundLoop loop, Socket listener, CancellationToken life, CancellationToken stop)
    {
        while (!life.IsCancellationRequested)
        {
            loop.Turn();
            try
            {
                var socket = await listener.AcceptAsync(life);
                Serve(socket, stop);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && life.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or a connection that was gone before it was taken.
                LogFailed(logger, status.Spec.Name, e.Message);
                await Task.Delay(s_afterFailure, time, CancellationToken.None);
            }
        }
    }

    private void Serve(Socket socket, CancellationToken stop)
    {
        if (socket.RemoteEndPoint is not IPEndPoint peer || !status.TryOpen(peer.Address))
        {
            Reset(socket);
            return;
        }

        var serving = ServeAsync(socket, peer.Address, stop);
        lock (_gate) _serving.Add(serving);
        _ = serving.ContinueWith(
            static (done, state) =>
            {
                var owner = (SocketListener)state!;
                lock (owner._gate) owner._serving.Remove(done);
            },
            this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket, IPAddress peer, CancellationToken stop)
    {
        await Task.Yield();
        string? reason = "failed";
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 32 * 1024, minimumReadSize: 8 * 1024, leaveOpen: true));
            var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            reason = await sessions.RunAsync(status, peer, reader, writer, ack: null, stop);
            await writer.CompleteAsync();
            await reader.CompleteAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException or SocketException or Core.Ingestion.QueueFullException)
        {
            // The sender broke off, or the program stops: what it sent before is kept.
            reason = stop.IsCancellationRequested ? "stopping" : "broken_off";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(logger, status.Spec.Name, e.Message);
        }
        finally
        {
            if (reason is null) socket.Dispose();
            else Reset(socket);
            status.Close(peer, reason);
        }
    }

    private async Task ReceiveAsync(BackgroundLoop loop, Socket socket, CancellationToken stop)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
        var sender = new SocketAddress(socket.AddressFamily);
        await using var session = sessions.Datagrams(status);
        while (!stop.IsCancellationRequested)
        {
            loop.Turn();
            try
            {
                var length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, sender, stop);
                // Only here an address is made of its bytes.
                if (status.AsksNetworks && !status.MaySend(((IPEndPoint)socket.LocalEndPoint!.Create(sender)).Address)) continue;
                await session.TakeAsync(buffer.AsMemory(0, length), socket.Available > 0, stop);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException && stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                LogFailed(logger, status.Spec.Name, e.Message);
                await Task.Delay(s_afterFailure, time, CancellationToken.None);
            }
        }
    }

    // At once: nothing is drained, and the other side learns of it with its next write.
    private static void Reset(Socket socket) => socket.Close(0);

    [LoggerMessage(6101, LogLevel.Warning, "The listener {Name} had a failure and goes on: {Error}")]
    private static partial void LogFailed(ILogger logger, string name, string error);
}
