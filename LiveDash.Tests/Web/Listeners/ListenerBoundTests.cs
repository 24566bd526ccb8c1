using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using LiveDash.Web.Listeners;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;

namespace LiveDash.Tests.Web.Listeners;

/// <summary>The bounds of the ports that servers of their own serve, and the pace that all connections are read at.</summary>
public sealed class ListenerBoundTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("OtlpHttp")]
    [InlineData("OtlpGrpc")]
    public async Task Otlp_OneConnectionTooMany_IsClosedAndCounted(string name)
    {
        var spec = ListenerSpec.All.Single(one => one.Name == name);
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(spec), $"--{ListenerBoard.Section(spec)}:MaxConnections=1"]);
        using var first = new TcpClient();
        await first.ConnectAsync(app.Listener(spec));
        await Wait.UntilAsync(() => Board(app, spec).Open == 1, "one is open");
        Assert.True(await IsRefusedAsync(app.Listener(spec)));
        Assert.Equal(1, Board(app, spec).Closed["too_many_connections"]);
    }

    [Theory]
    [InlineData("OtlpHttp")]
    [InlineData("OtlpGrpc")]
    public async Task Otlp_AConnectionThatSaysNothing_IsClosedAfterItsIdleTime(string name)
    {
        var spec = ListenerSpec.All.Single(one => one.Name == name);
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(spec), $"--{ListenerBoard.Section(spec)}:MaxIdle=00:00:01"]);
        using var client = new TcpClient();
        await client.ConnectAsync(app.Listener(spec));
        // HTTP/2 greets before it goes.
        while (true)
        {
            try
            {
                if (await client.GetStream().ReadAsync(new byte[1024]).AsTask().WaitAsync(s_soon) == 0) break;
            }
            catch (IOException)
            {
                break;
            }
        }

        await Wait.UntilAsync(() => Board(app, spec).Open == 0, "its place is free");
    }

    [Fact]
    public async Task Otlp_ABodyTooLarge_IsRefusedWithTheSetting()
    {
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(ListenerSpec.OtlpHttp), "--LiveDash:Limits:MaxBodyBytes=2048"]);
        using var client = new HttpClient();
        using var body = new ByteArrayContent(new byte[4096]);
        body.Headers.ContentType = new("application/x-protobuf");
        using var answer = await client.PostAsync(new Uri($"http://{app.Listener(ListenerSpec.OtlpHttp)}/v1/metrics"), body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task PacedReader_PastTheRate_ReadsNothingUntilItsTimeHasCome()
    {
        var time = new ManualTime();
        var pipe = new Pipe();
        var reader = new PacedReader(pipe.Reader, 1024, time);
        await pipe.Writer.WriteAsync(new byte[3072]);
        var first = await reader.ReadAsync();
        reader.AdvanceTo(first.Buffer.End);
        await pipe.Writer.WriteAsync(new byte[1]);
        var second = reader.ReadAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, (await second.WaitAsync(s_soon)).Buffer.Length);
    }

    [Fact]
    public async Task Mqtt_AClientWithoutKeepAliveThatSaysNothing_IsDisconnectedAsIdle()
    {
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(ListenerSpec.Mqtt), $"--{ListenerBoard.Section(ListenerSpec.Mqtt)}:MaxIdle=00:00:00.5"]);
        using var client = new MqttClientFactory().CreateMqttClient();
        var gone = new TaskCompletionSource();
        client.DisconnectedAsync += _ =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", app.Listener(ListenerSpec.Mqtt).Port).WithClientId("quiet").WithNoKeepAlive().Build());
        await gone.Task.WaitAsync(s_soon);
        await Wait.UntilAsync(() => Board(app, ListenerSpec.Mqtt).Closed.GetValueOrDefault("idle") == 1, "it is counted as idle");
    }

    [Fact]
    public async Task Mqtt_MoreThanItsRate_WaitsForItsAnswerAndIsAllTaken()
    {
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(ListenerSpec.Mqtt), $"--{ListenerBoard.Section(ListenerSpec.Mqtt)}:MaxBytesPerSecond=2048"]);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", app.Listener(ListenerSpec.Mqtt).Port).WithClientId("fast").Build());
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 4; i++)
        {
            var payload = $$"""{"series":"paced","t":{{1764000000000 + i}},"value":{{i}}}""" + new string(' ', 1000);
            await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("p").WithPayload(payload).WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build());
        }

        // Four kilobytes at two a second, of which two may come at once; a slow machine only makes it longer.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(0.9));
        Assert.Equal(4, (await app.GetAsync("/api/points?series=paced")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Tcp_MoreThanItsRate_IsReadAtItsRateAndAllTaken()
    {
        await using var app = await LiveApp.StartAsync(settings: [Endpoint(ListenerSpec.Tcp), $"--{ListenerBoard.Section(ListenerSpec.Tcp)}:MaxBytesPerSecond=2048"]);
        using var client = new TcpClient();
        await client.ConnectAsync(app.Listener(ListenerSpec.Tcp));
        var line = "{\"series\":\"paced.tcp\",\"value\":1}" + new string(' ', 2_000) + "\n";
        var began = TimeProvider.System.GetTimestamp();
        for (var count = 1; count <= 4; count++)
        {
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(line));
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/points?series=paced.tcp")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == count, $"{count} are taken");
        }

        // Eight kilobytes at two a second, of which two may come at once; a slow machine only makes it longer.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1.8));
        Assert.Equal(4, app.Services.GetRequiredService<LiveDash.Core.Ingestion.SourceRegistry>().Snapshot(0).Single(static source => source.Offered == 4).Accepted);
    }

    private static string Endpoint(ListenerSpec spec) => $"--{ListenerBoard.Section(spec)}:Endpoint=127.0.0.1:0";

    private static ListenerSnapshot Board(LiveApp app, ListenerSpec spec) => app.Services.GetRequiredService<ListenerBoard>()[spec].Snapshot();

    // A connection that is reset at once may be so before its opener has heard that it stands.
    private static async Task<bool> IsRefusedAsync(IPEndPoint to)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(to);
            return await client.GetStream().ReadAsync(new byte[16]).AsTask().WaitAsync(s_soon) == 0;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return true;
        }
    }
}
