using System.Net;
using System.Net.WebSockets;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Security;

public sealed class OriginTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly LiveApp _app = fixture.App;

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Post_FromAnotherSite_IsForbidden(string header, string value)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/points", (header, value));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "forbidden_origin");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task OtherMethods_FromAnotherSite_AreForbidden(string method)
    {
        using var answer = await SendAsync(new HttpMethod(method), "/anything", ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Post_FromToolsOrOwnPages_Passes(string? header, string? value)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/no-such-route", header is null ? [] : [(header, value!)]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Post_OwnOrigin_Passes()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/no-such-route", ("Origin", _app.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_FromAnotherSite_Passes()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task BlazorNegotiate_FromAnotherSite_IsForbidden()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/_blazor", ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task AllowedOrigin_Named_Passes()
    {
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Security:AllowedOrigins:0=https://dash.example.org");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/no-such-route");
        request.Headers.Add("Origin", "https://dash.example.org");

        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Host_Foreign_IsRefused()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", ("Host", "rebound.example"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("AllowedHosts", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_ForeignOrigin_IsForbidden()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(BlazorSocket, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocket_MessageOverTheLimit_ClosesTheConnection()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(BlazorSocket, timeout.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, timeout.Token);
        var answer = new byte[1024];
        await socket.ReceiveAsync(answer, timeout.Token);

        // A length prefix of 300 KiB (LEB128), then as many bytes.
        byte[] message = [0x80, 0xE0, 0x12, .. new byte[300 * 1024]];
        await socket.SendAsync(message, WebSocketMessageType.Binary, true, timeout.Token);

        await AssertClosesAsync(socket, answer, timeout.Token);
    }

    private Uri BlazorSocket => new UriBuilder(_app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

    private static async Task AssertClosesAsync(ClientWebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            while ((await socket.ReceiveAsync(buffer, cancellationToken)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut without the closing handshake: closed as well.
        }

        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _app.Client.SendAsync(request);
    }
}
