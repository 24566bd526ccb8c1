using System.Net;
using System.Net.WebSockets;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Live connections of pages, without the page: what the server does by itself, whatever the browser does.</summary>
public sealed class CircuitEndTests
{
    [Theory]
    [InlineData("disabled")]
    [InlineData("role")]
    [InlineData("signed out")]
    [InlineData("removed")]
    public async Task Connection_OfWhoMayNotAnyMore_IsCutByTheServer(string what)
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var person = await accounts.SignedInAsync("grace", AccountRole.Editor);
        using var other = await accounts.SignedInAsync("bob", AccountRole.Editor);
        using var socket = await ConnectAsync(accounts, person);
        using var stays = await ConnectAsync(accounts, other);
        var book = accounts.App.Services.GetRequiredService<AccountBook>();
        var id = book.FindByName("GRACE")!.Id;

        if (what == "disabled") await book.UpdateAsync(id, static user => user with { IsDisabled = true }, default);
        else if (what == "role") await book.UpdateAsync(id, static user => user with { Role = AccountRole.Viewer }, default);
        else if (what == "removed") await book.RemoveAsync(id, default);
        else await accounts.App.Services.GetRequiredService<SessionBook>().EndAsync(session => session.UserId == id, default);

        await AssertClosesAsync(socket);
        Assert.Equal(WebSocketState.Open, stays.State);
    }

    [Fact]
    public async Task Connection_WhoseAccountOnlyCountsAWrongPassword_Stays()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var person = await accounts.SignedInAsync("grace");
        using var other = await accounts.SignedInAsync("bob");
        using var socket = await ConnectAsync(accounts, person);
        using var ended = await ConnectAsync(accounts, other);
        using var guesser = new Person(accounts.App);
        (await guesser.SignInAsync("grace", "wrong password")).Dispose();

        // What was to be cut is cut after this; so what stays was not.
        await accounts.App.Services.GetRequiredService<SessionBook>().EndAsync(session => session.UserId == accounts.App.Services.GetRequiredService<AccountBook>().FindByName("BOB")!.Id, default);
        await AssertClosesAsync(ended);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Connections_OneTooManyOfAnAccount_AreRefusedNamingTheSetting()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: "--LiveDash:Security:MaxCircuitsPerUser=2");
        using var person = await accounts.SignedInAsync("grace");
        using var other = await accounts.SignedInAsync("bob");
        using var first = await ConnectAsync(accounts, person);
        using var second = await ConnectAsync(accounts, person);

        using var third = new ClientWebSocket();
        third.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(accounts, person, third));
        Assert.Equal(HttpStatusCode.TooManyRequests, third.HttpStatusCode);
        using var others = await ConnectAsync(accounts, other);
        Assert.Equal(WebSocketState.Open, others.State);
    }

    [Fact]
    public async Task Connection_WithoutASession_IsNotMade()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var stranger = new Person(accounts.App);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(accounts, stranger, socket));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    private static Task<ClientWebSocket> ConnectAsync(AccountsApp accounts, Person person) => ConnectAsync(accounts, person, new ClientWebSocket());

    private static async Task<ClientWebSocket> ConnectAsync(AccountsApp accounts, Person person, ClientWebSocket socket)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        socket.Options.SetRequestHeader("Cookie", person.Cookies.GetCookieHeader(accounts.App.Address));
        await socket.ConnectAsync(new UriBuilder(accounts.App.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, timeout.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, timeout.Token);
        await socket.ReceiveAsync(new byte[1024], timeout.Token);
        return socket;
    }

    private static async Task AssertClosesAsync(ClientWebSocket socket)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while ((await socket.ReceiveAsync(new byte[1024], timeout.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut without the closing handshake: closed as well.
        }

        Assert.NotEqual(WebSocketState.Open, socket.State);
    }
}
