using System.Buffers;
using System.Net;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Ingestion.Sources.Messages;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace LiveDash.Web.Listeners;

/// <summary>
/// A broker of LiveDash's own (MQTT 3.1.1 and 5): what is published to it becomes points, and goes on to whoever subscribed. A message of quality 1 or 2 is acknowledged after the commit. A client of version 5 without an id gets one; one of 3.1.1 needs an id, since the library refuses it otherwise.
/// </summary>
internal sealed class MqttListener(ListenerStatus status, BrokerIntake intake, LoopSupervisor loops, TimeProvider time) : IListenerServer
{
    private const string Opened = "livedash-opened";
    private const string Idle = "livedash-idle";
    private MqttServer? _server;
    private CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<EndPoint> StartAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var bound = endpoint.Port == 0 ? FreePort(endpoint.Address) : endpoint;
        var isV6 = bound.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(bound.Port)
            .WithDefaultEndpointBoundIPAddress(isV6 ? IPAddress.None : bound.Address)
            .WithDefaultEndpointBoundIPV6Address(isV6 ? bound.Address : IPAddress.None)
            .WithDefaultCommunicationTimeout(status.Options.MaxIdle < TimeSpan.FromSeconds(100) ? status.Options.MaxIdle : TimeSpan.FromSeconds(100))
            .WithMaxPendingMessagesPerClient(1_000)
            .Build();
        _stopping = new CancellationTokenSource();
        var server = new MqttServerFactory().CreateMqttServer(options);
        server.ValidatingConnectionAsync += Validate;
        server.ClientDisconnectedAsync += Disconnected;
        server.InterceptingPublishAsync += PublishedAsync;
        try
        {
            await server.StartAsync();
        }
        catch
        {
            server.Dispose();
            throw;
        }

        _server = server;
        _watching = loops.RunAsync($"listener {status.Spec.Name} idle", (loop, life) => WatchIdleAsync(loop, server, life), _stopping.Token);
        return bound;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        if (_server is not { } server) return;
        _server = null;
        await _stopping.CancelAsync();
        await _watching;
        await server.StopAsync();
        server.Dispose();
        _stopping.Dispose();
    }

    private static IPEndPoint FreePort(IPAddress address)
    {
        using var probe = new System.Net.Sockets.TcpListener(address, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }

    private Task Validate(ValidatingConnectionEventArgs client)
    {
        var peer = (client.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (string.IsNullOrEmpty(client.ClientId)) client.AssignedClientIdentifier = "anonymous-" + Guid.NewGuid().ToString("N");
        if (!status.TryOpen(peer)) client.ReasonCode = MqttConnectReasonCode.QuotaExceeded;
        else client.SessionItems[Opened] = (peer, new RateGate(status.Options.MaxBytesPerSecond, time));
        return Task.CompletedTask;
    }

    // A client may ask for no keep-alive at all, and then the protocol knows no end of silence.
    private async Task WatchIdleAsync(BackgroundLoop loop, MqttServer server, CancellationToken life)
    {
        var bound = status.Options.MaxIdle;
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Max(bound.Ticks / 4, TimeSpan.FromMilliseconds(50).Ticks)), time);
        while (await timer.WaitForNextTickAsync(life))
        {
            loop.Turn();
            var now = time.GetUtcNow().UtcDateTime;
            foreach (var client in await server.GetClientsAsync())
            {
                if (now - client.LastPacketReceivedTimestamp <= bound) continue;
                client.Session.Items[Idle] = true;
                await client.DisconnectAsync(new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.KeepAliveTimeout });
            }
        }
    }

    private Task Disconnected(ClientDisconnectedEventArgs client)
    {
        if (client.SessionItems[Opened] is (IPAddress peer, RateGate _)) status.Close(peer, client.SessionItems.Contains(Idle) ? "idle" : client.DisconnectType == MqttClientDisconnectType.NotClean ? "broken_off" : null);
        client.SessionItems.Remove(Opened);
        client.SessionItems.Remove(Idle);
        return Task.CompletedTask;
    }

    private async Task PublishedAsync(InterceptingPublishEventArgs published)
    {
        var message = published.ApplicationMessage;
        var stop = _stopping.Token;
        try
        {
            // A client too fast waits for its answer, and its next packet is not read meanwhile.
            if (published.SessionItems[Opened] is (IPAddress _, RateGate rate) && rate.Take(message.Payload.Length) is var pause && pause > TimeSpan.Zero) await Task.Delay(pause, time, stop);
            var ack = message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce ? AckMode.Received : AckMode.Stored;
            if (await intake.TakeAsync(message.Payload.ToArray(), message.Topic, ack, stop)) return;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Not kept: the sender sends it again elsewhere or later.
        }

        published.ProcessPublish = false;
        published.CloseConnection = true;
    }
}
