using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;

namespace LiveDash.Tests.Web.Listeners;

/// <summary>Listeners that are open beyond this machine, asked from an address that no listed network holds: one of this machine's own, which is not of the loopback.</summary>
public sealed class ListenerNetworkTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private static readonly IPAddress? s_foreign = NetworkInterface.GetAllNetworkInterfaces().SelectMany(static one => one.GetIPProperties().UnicastAddresses)
        .Select(static one => one.Address).FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    [NetworkFact]
    public async Task Listeners_AskedFromAForeignNetwork_RefuseAndCount()
    {
        await using var app = await LiveApp.StartAsync(settings:
            ["--LiveDash:Security:Mode=accounts", .. ListenerSpec.All.SelectMany(static spec => new[] { $"--{ListenerBoard.Section(spec)}:Endpoint=0.0.0.0:0", $"--{ListenerBoard.Section(spec)}:AllowedNetworks:0=198.51.100.0/24" })]);
        // WebSockets come by the main port, which the loopback bounds here.
        foreach (var spec in ListenerSpec.All.Where(static one => one != ListenerSpec.WebSocket))
        {
            var to = new IPEndPoint(s_foreign!, app.Listener(spec).Port);
            if (spec.Transport != "UDP")
            {
                if (spec == ListenerSpec.Mqtt) await AssertMqttRefusedAsync(to);
                else await AssertClosedAsync(to, spec.Name);
                await Wait.UntilAsync(() => Refused(app, spec) > 0, spec.Name + " has counted the connection");
            }

            if (!spec.Transport.Contains("UDP", StringComparison.Ordinal)) continue;
            var before = Refused(app, spec);
            await SendAsync(to, "foreign:1|c\nforeign 1 -1\nforeign value=1\n"u8.ToArray());
            await Wait.UntilAsync(() => Refused(app, spec) > before, spec.Name + " has counted the datagram");
        }

        Assert.DoesNotContain(app.Services.GetRequiredService<SourceRegistry>().Snapshot(0), static source => source.Offered > 0);
        // This machine itself always may.
        using var own = new UdpClient();
        await own.SendAsync("near value=1"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, app.Listener(ListenerSpec.InfluxUdp).Port));
        await Wait.UntilAsync(() => app.Services.GetRequiredService<SourceRegistry>().Snapshot(0).Any(static source => source.Accepted > 0), "a datagram of this machine is taken");
    }

    private static long Refused(LiveApp app, ListenerSpec spec) => app.Services.GetRequiredService<ListenerBoard>()[spec].Snapshot().Closed.GetValueOrDefault("network");

    private static async Task SendAsync(IPEndPoint to, byte[] datagram)
    {
        using var client = new UdpClient();
        await client.SendAsync(datagram, to);
    }

    // A broker hears who it is by the first packet.
    private static async Task AssertMqttRefusedAsync(IPEndPoint to)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var answer = await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(to.Address.ToString(), to.Port).WithClientId("foreign").Build()).WaitAsync(s_soon);
            Assert.NotEqual(MqttClientConnectResultCode.Success, answer.ResultCode);
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException)
        {
            // Closed before it had read the answer.
        }
    }

    private static async Task AssertClosedAsync(IPEndPoint to, string name)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(to);
            await client.GetStream().WriteAsync("foreign 1 -1\n"u8.ToArray());
            Assert.True(await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(s_soon) == 0, name + " answers");
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Closed while it was being asked.
        }
    }

    /// <summary>A test that needs an address of this machine beside the loopback's; skipped aloud without one, in CI too: a network is nothing that could be installed.</summary>
    private sealed class NetworkFactAttribute : FactAttribute
    {
        public NetworkFactAttribute()
        {
            if (s_foreign is null) Skip = "This machine has no address but the loopback's.";
        }
    }
}
