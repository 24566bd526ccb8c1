using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Listeners;

public sealed class SocketListenerTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Listeners_EachProtocol_TakesItsOwn()
    {
        await using var app = await StartAsync(ListenerSpec.Tcp, ListenerSpec.Graphite, ListenerSpec.GraphitePickle, ListenerSpec.Statsd, ListenerSpec.InfluxUdp);
        await SendAsync(app.Listener(ListenerSpec.Tcp), """{"series":"by.tcp","value":1}""" + "\n");
        await SendAsync(app.Listener(ListenerSpec.Graphite), "by.graphite 2 -1\n");
        await SendAsync(app.Listener(ListenerSpec.GraphitePickle), "\0\0\0\u0021(lp0\n(S'by.pickle'\n(I-1\nF3.0\ntta.");
        await SendAsync(app.Listener(ListenerSpec.Statsd), "by.statsd:4|c\n");
        await DatagramAsync(app.Listener(ListenerSpec.Graphite), "by.graphite.udp 5 -1");
        await DatagramAsync(app.Listener(ListenerSpec.Statsd), "by.statsd.udp:6|g|#host:a");
        await DatagramAsync(app.Listener(ListenerSpec.InfluxUdp), "by.influx,host=a value=7\nby.influx load=8");
        foreach (var (series, value) in new[]
        {
            ("by.tcp", "1"), ("by.graphite", "2"), ("by.pickle", "3"), ("by.statsd", "4"), ("by.graphite.udp", "5"), ("by.statsd.udp{host=a}", "6"),
            ("by.influx{host=a}", "7"), ("by.influx.load", "8"),
        })
        {
            await Wait.UntilAsync(async () => (await StoredAsync(app, series)).Contains($"\"value\":{value}", StringComparison.Ordinal), $"{series} is kept as {value}");
        }
    }

    [Fact]
    public async Task Start_PortTaken_IsToldAndStopsNothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var app = await LiveApp.StartAsync(settings: [$"--LiveDash:Listeners:Graphite:Endpoint={taken.LocalEndpoint}", "--LiveDash:Listeners:Tcp:Endpoint=127.0.0.1:0"]);
        var graphite = app.Services.GetRequiredService<ListenerBoard>()[ListenerSpec.Graphite].Snapshot();
        Assert.Contains("LiveDash:Listeners:Graphite:Endpoint", graphite.Error, StringComparison.Ordinal);
        Assert.Contains(graphite.Error!, System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/listeners")).RootElement.EnumerateArray().Select(static one => one.GetProperty("error").GetString()));
        Assert.Contains("in use. Choose another port", await app.GetAsync("/sources"), StringComparison.Ordinal);
        // Named, and no reason for whoever watches it to stop it: 200.
        var ready = System.Text.Json.JsonDocument.Parse(await app.GetAsync("/readyz")).RootElement;
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.Contains("LiveDash:Listeners:Graphite:Endpoint", ready.GetProperty("checks").GetProperty("listener Graphite").GetString(), StringComparison.Ordinal);
        Assert.False(ready.GetProperty("checks").TryGetProperty("listener Tcp", out _));
        await SendAsync(app.Listener(ListenerSpec.Tcp), """{"series":"still","value":1}""" + "\n");
        taken.Stop();
        Assert.Null(await app.Services.GetRequiredService<LiveDash.Web.Listeners.ListenerHost>().ApplyAsync(ListenerSpec.Graphite, taken.LocalEndpoint.ToString()!, default));
        Assert.Contains("\"status\":\"ready\"", await app.GetAsync("/readyz"), StringComparison.Ordinal);
        await Wait.UntilAsync(async () => (await StoredAsync(app, "still")).Contains("\"value\":1", StringComparison.Ordinal), "the other listener works");
    }

    [Theory]
    [InlineData("--LiveDash:Listeners:Graphite:Endpoint=0.0.0.0:2003", "AllowedNetworks")]
    [InlineData("--LiveDash:Listeners:Graphite:Endpoint=here", "address:port")]
    [InlineData("--LiveDash:Listeners:Graphite:Templates:0=host.zone", "Templates")]
    [InlineData("--LiveDash:Listeners:Graphyte:Endpoint=", "Graphyte")]
    [InlineData("--LiveDash:Listeners:Tcp:MaxConnections=0", "MaxConnections")]
    public async Task Start_WrongSetting_IsNamed(string setting, string expected)
    {
        var fault = await Assert.ThrowsAsync<LiveDash.Core.Configuration.SettingsException>(() => LiveApp.StartAsync(settings: [setting]));
        Assert.Contains(expected, string.Join(' ', fault.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "http")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nevil 1 1\n", "http")]
    [InlineData("OPTIONS * HTTP/1.1\r\n\r\n", "http")]
    [InlineData("\x16\x03\x01\x02\x00\x01", "tls")]
    public async Task Connection_ThatBeginsAsABrowsersWould_IsClosedAtOnce(string greeting, string reason)
    {
        await using var app = await StartAsync(ListenerSpec.Graphite);
        using var client = new TcpClient();
        await client.ConnectAsync(app.Listener(ListenerSpec.Graphite));
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(greeting));
        Assert.True(await IsClosedAsync(client));
        await AssertClosedForAsync(app, ListenerSpec.Graphite, reason);
        Assert.DoesNotContain(app.Services.GetRequiredService<SourceRegistry>().Snapshot(0), static source => source is { Kind: "graphite", Offered: > 0 });
    }

    [Fact]
    public async Task Connection_OneTooMany_IsClosedAndTheOthersStay()
    {
        await using var app = await StartAsync("--LiveDash:Listeners:Graphite:MaxConnections=2", ListenerSpec.Graphite);
        using var one = await OpenAsync(app, "a 1\n");
        using var two = await OpenAsync(app, "b 1\n");
        await Wait.UntilAsync(() => app.Services.GetRequiredService<ListenerBoard>()[ListenerSpec.Graphite].Snapshot().Open == 2, "two are open");
        Assert.True(await IsRefusedAsync(app));
        await AssertClosedForAsync(app, ListenerSpec.Graphite, "too_many_connections");
        await one.GetStream().WriteAsync("a.more 1\n"u8.ToArray());
        await Wait.UntilAsync(async () => (await StoredAsync(app, "a.more")).Length > 0, "the first goes on");
        Assert.Equal("", await StoredAsync(app, "c"));
    }

    [Fact]
    public async Task Connection_OneTooManyFromOneAddress_IsClosed()
    {
        await using var app = await StartAsync("--LiveDash:Listeners:Graphite:MaxConnectionsPerAddress=1", ListenerSpec.Graphite);
        using var one = await OpenAsync(app, "a 1\n");
        await Wait.UntilAsync(async () => (await StoredAsync(app, "a")).Length > 0, "the first is served");
        Assert.True(await IsRefusedAsync(app));
    }

    [Fact]
    public async Task Connection_ThatSaysNothing_IsClosedAfterItsIdleTime()
    {
        await using var app = await StartAsync("--LiveDash:Listeners:Graphite:MaxIdle=00:00:00.2", ListenerSpec.Graphite);
        using var client = await OpenAsync(app, "a 1\n");
        Assert.True(await IsClosedAsync(client));
        await AssertClosedForAsync(app, ListenerSpec.Graphite, "idle");
        Assert.NotEqual("", await StoredAsync(app, "a"));
    }

    [Fact]
    public async Task Connection_WithThreeLinesTooLong_IsClosed()
    {
        await using var app = await StartAsync("--LiveDash:Limits:MaxLineBytes=1024", ListenerSpec.Graphite);
        var tooLong = new string('x', 2000) + "\n";
        using var client = await OpenAsync(app, "a 1\n" + tooLong + tooLong + tooLong);
        Assert.True(await IsClosedAsync(client));
        await AssertClosedForAsync(app, ListenerSpec.Graphite, "lines_too_long");
        Assert.Equal(3, app.Services.GetRequiredService<SourceRegistry>().Snapshot(0).Single(static s => s is { Kind: "graphite", Name: "127.0.0.1" }).Rejected["line_too_long"]);
    }

    [Fact]
    public async Task Datagrams_PastTheRate_AreDroppedAndCountedByLines()
    {
        await using var app = await StartAsync("--LiveDash:Listeners:InfluxUdp:MaxBytesPerSecond=1024", ListenerSpec.InfluxUdp);
        var datagram = string.Join('\n', Enumerable.Repeat("m value=1", 90));
        for (var i = 0; i < 8; i++) await DatagramAsync(app.Listener(ListenerSpec.InfluxUdp), datagram);
        await Wait.UntilAsync(
            () => app.Services.GetRequiredService<SourceRegistry>().Snapshot(0).SingleOrDefault(static s => s.Kind == "influx") is { } source
                && source.Dropped.GetValueOrDefault("rate_limit") is > 0 and var dropped && dropped % 90 == 0 && source.Offered == 720,
            "some are dropped, and all are accounted");
    }

    [Fact]
    public async Task Tcp_WithAnswers_TellsOfEachLine()
    {
        await using var app = await StartAsync(ListenerSpec.Tcp);
        using var client = new TcpClient();
        await client.ConnectAsync(app.Listener(ListenerSpec.Tcp));
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes("""
            {"ack":"stored"}
            {"series":"told","value":1}
            {"series":"told","value":"x"}
            {"series":"told","value":2}

            """.ReplaceLineEndings("\n")));
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("""{"line":1,"ok":true}""", await reader.ReadLineAsync().WaitAsync(s_soon));
        Assert.Contains("\"line\":2,\"error\":\"bad_value\"", await reader.ReadLineAsync().WaitAsync(s_soon), StringComparison.Ordinal);
        Assert.Equal("""{"line":3,"ok":true}""", await reader.ReadLineAsync().WaitAsync(s_soon));
        Assert.Equal(2, (await StoredAsync(app, "told")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Stop_WithOpenConnections_KeepsWhatWasSent()
    {
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(directory.Path, ListenerSpec.Graphite))
        {
            using var client = await OpenAsync(app, "kept 1\n");
            await Wait.UntilAsync(() => app.Services.GetRequiredService<SourceRegistry>().Snapshot(0).Any(static s => s is { Kind: "graphite", Offered: 1 }), "it is there");
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        Assert.Contains("\"value\":1", await StoredAsync(again, "kept"), StringComparison.Ordinal);
    }

    private static Task<LiveApp> StartAsync(params ListenerSpec[] specs) => LiveApp.StartAsync(settings: [.. Endpoints(specs)]);

    private static Task<LiveApp> StartAsync(string text, params ListenerSpec[] specs) => text.StartsWith("--", StringComparison.Ordinal)
        ? LiveApp.StartAsync(settings: [.. Endpoints(specs), text])
        : LiveApp.StartAsync(dataDirectory: text, settings: [.. Endpoints(specs)]);

    private static IEnumerable<string> Endpoints(ListenerSpec[] specs) => specs.Select(static spec => $"--{ListenerBoard.Section(spec)}:Endpoint=127.0.0.1:0");

    private static async Task<TcpClient> OpenAsync(LiveApp app, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(app.Listener(ListenerSpec.Graphite));
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));
        return client;
    }

    private static async Task SendAsync(IPEndPoint to, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(to);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
    }

    private static async Task DatagramAsync(IPEndPoint to, string text)
    {
        using var client = new UdpClient();
        await client.SendAsync(Encoding.UTF8.GetBytes(text), to);
    }

    private static async Task<bool> IsRefusedAsync(LiveApp app)
    {
        try
        {
            using var client = await OpenAsync(app, "c 1\n");
            return await IsClosedAsync(client);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return true;
        }
    }

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[16]).AsTask().WaitAsync(s_soon) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static Task AssertClosedForAsync(LiveApp app, ListenerSpec spec, string reason) => Wait.UntilAsync(
        () => app.Services.GetRequiredService<ListenerBoard>()[spec].Snapshot().Closed.GetValueOrDefault(reason) > 0, $"the listener says {reason}");

    private static async Task<string> StoredAsync(LiveApp app, string series)
    {
        using var answer = await app.Client.GetAsync(new Uri("/api/points?series=" + Uri.EscapeDataString(series), UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
    }
}
