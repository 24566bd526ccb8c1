using System.Net.WebSockets;
using System.Text;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Listeners;

public sealed class PointsSocketTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Socket_WithAck_AnswersEachLineAfterItIsKept()
    {
        await using var app = await LiveApp.StartAsync();
        using var socket = await OpenAsync(app, "?ack=stored");
        await SendAsync(socket, """{"series":"ws","value":1}""");
        Assert.Equal("""{"line":1,"ok":true}""", await ReceiveAsync(socket));
        Assert.Contains("\"value\":1", await app.GetAsync("/api/points?series=ws"), StringComparison.Ordinal);
        await SendAsync(socket, "{\"series\":\"ws\",\"value\":2}\n{\"series\":\"ws\"}\n");
        Assert.Equal("""{"line":2,"ok":true}""", await ReceiveAsync(socket));
        Assert.Contains("\"error\":\"missing_field\"", await ReceiveAsync(socket), StringComparison.Ordinal);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WaitAsync(s_soon);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Socket_WithoutAck_KeepsWhatCame()
    {
        await using var app = await LiveApp.StartAsync();
        using var socket = await OpenAsync(app, "");
        await SendAsync(socket, """{"series":"quiet","value":1}""");
        await Wait.UntilAsync(async () => (await app.Client.GetStringAsync(new Uri("/api/points?series=quiet", UriKind.Relative))).Contains("\"value\":1", StringComparison.Ordinal), "it is kept");
    }

    [Fact]
    public async Task Socket_MessageTooLong_IsClosedAsSuch()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Limits:MaxWebSocketBytes=32768"]);
        using var socket = await OpenAsync(app, "");
        await SendAsync(socket, new string(' ', 40_000));
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(socket));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact]
    public async Task Socket_OneTooMany_IsRefused()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Listeners:WebSocket:MaxConnections=1"]);
        using var one = await OpenAsync(app, "");
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(app, ""));
        Assert.Equal(1, app.Services.GetRequiredService<ListenerBoard>()[ListenerSpec.WebSocket].Snapshot().Closed["too_many_connections"]);
    }

    [Fact]
    public async Task Socket_ThatSaysNothing_IsClosedAfterItsIdleTime()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Listeners:WebSocket:MaxIdle=00:00:00.2"]);
        using var socket = await OpenAsync(app, "");
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(socket));
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "idle"), (socket.CloseStatus, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task Socket_FromAPageOfAnotherSite_IsRefused()
    {
        await using var app = await LiveApp.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(app, ""), default));
    }

    [Fact]
    public async Task Get_WithoutAWebSocket_SaysWhatIsExpected()
    {
        await using var app = await LiveApp.StartAsync();
        using var answer = await app.Client.GetAsync(new Uri("/api/points/ws", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Uri Address(LiveApp app, string query) => new($"ws://{app.Address.Authority}/api/points/ws{query}");

    private static async Task<ClientWebSocket> OpenAsync(LiveApp app, string query)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(app, query), default).WaitAsync(s_soon);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, default).WaitAsync(s_soon);
        return read.MessageType == WebSocketMessageType.Close ? throw new InvalidOperationException("Closed: " + read.CloseStatus) : Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
