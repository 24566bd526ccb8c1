using System.Net;
using System.Text;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

public sealed class KeyTests
{
    [Fact]
    public async Task Key_InEveryHeaderThatSendersKnow_IsTakenAndInAnAddressIsNot()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Ingest);
        string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

        foreach (var (name, value) in new[]
        {
            ("Authorization", "Bearer " + key), ("Authorization", "bearer " + key), ("Authorization", "Token " + key), ("Authorization", Basic("telegraf:" + key)),
            ("Authorization", Basic(key + ":")), ("Authorization", key), ("X-Api-Key", key),
        })
        {
            using var answer = await PostAsync(accounts, "/api/points", (name, value));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{name}: {value[..12]} {(int)answer.StatusCode}");
        }

        foreach (var path in new[] { "/api/points?key=" + key, "/api/points?token=" + key, "/write?u=a&p=" + key })
        {
            using var answer = await PostAsync(accounts, path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Answer_WherePeopleSignIn_IsKeptInNoCache()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Admin);
        foreach (var path in new[] { "/api/rules", "/api/settings/channels", "/api/audit", "/api/series", "/metrics", "/openapi/v1.json", "/sign-in" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (path != "/sign-in") request.Headers.Add("X-Api-Key", key);
            using var answer = await accounts.App.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Headers.CacheControl?.NoStore == true, $"{path}: {(int)answer.StatusCode} {answer.Headers.CacheControl}");
        }

        // What is no one's secret is kept by browsers as ever.
        using var style = await accounts.App.Client.GetAsync(new Uri("/css/shell.css", UriKind.Relative));
        Assert.False(style.Headers.CacheControl?.NoStore == true);
    }

    [Fact]
    public async Task Key_WrongOrRevoked_IsAnsweredAsUnknownWithoutSayingMore()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Ingest);
        var book = accounts.App.Services.GetRequiredService<KeyBook>();
        await book.RevokeAsync(book.All[0].Id, default);
        var answers = new List<string>();
        foreach (var sent in new[] { key, "ld_00000000_" + new string('A', 43), "nonsense", new string('x', 5_000) })
        {
            using var answer = await PostAsync(accounts, "/api/points", ("X-Api-Key", sent));
            answers.Add((await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "key_unknown")).GetProperty("detail").GetString()!);
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Key_UnknownOrNone_IsRefusedOnEveryRouteOfSenders()
    {
        await using var accounts = await AccountsApp.StartAsync();
        foreach (var path in new[] { "/api/points", "/api/import", "/write", "/api/v2/write", "/api/v3/write_lp", "/api/v1/write", "/v1/metrics", "/collectd" })
        {
            using var none = await PostAsync(accounts, path);
            Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
            using var unknown = await PostAsync(accounts, path, ("Authorization", "Bearer ld_00000000_" + new string('A', 43)));
            await ProblemAssert.IsAsync(unknown, HttpStatusCode.Unauthorized, "key_unknown");
        }
    }

    [Fact]
    public async Task Key_OfSomeSeries_SendsThoseAloneAndTheOthersAreCounted()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Ingest, "room.*{floor=2}");

        using var answer = await PostAsync(accounts, "/api/points?source=somebody-else", ("X-Api-Key", key));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains("\"accepted\":1", text, StringComparison.Ordinal);
        Assert.Contains("\"rejected\":1", text, StringComparison.Ordinal);
        Assert.Contains("not_allowed", text, StringComparison.Ordinal);
        // Accounted under the key's name, whatever the sender calls itself.
        using var reader = await accounts.SignedInAsync("ada");
        var sources = await reader.Client.GetStringAsync(new Uri("/api/sources", UriKind.Relative));
        Assert.Contains("agent", sources, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-else", sources, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfPlotWorkers_OpensWhatTheyReadAlone()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: "--LiveDash:Jobs:WorkerKey=four-words-of-a-worker");
        async Task<HttpStatusCode> AskAsync(string path, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Authorization", "Bearer " + key);
            using var answer = await accounts.App.Client.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync("/api/points?series=a", "four-words-of-a-worker"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("/api/points?series=a", "four-words-of-a-guesser"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("/api/series", "four-words-of-a-worker"));
    }

    [Fact]
    public async Task Key_Used_SaysWhenAndFromWhere()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Ingest);

        using var answer = await PostAsync(accounts, "/api/points", ("X-Api-Key", key), ("X-Forwarded-For", "10.9.8.7"), ("X-Forwarded-Proto", "https"));

        var used = Assert.Single(accounts.App.Services.GetRequiredService<KeyBook>().All);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(used.UsedAt);
        Assert.Equal("10.9.8.7", used.UsedFrom);
    }

    [Fact]
    public async Task Stream_OpenWithAKey_EndsWhenTheKeyIsRevoked()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var key = await MakeAsync(accounts, KeyScope.Ingest | KeyScope.Read);
        using var sent = await PostAsync(accounts, "/api/points", ("X-Api-Key", key));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stream?series=room.temp%7Bfloor=2%7D&window=30s");
        request.Headers.Add("X-Api-Key", key);
        using var stream = await accounts.App.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        var book = accounts.App.Services.GetRequiredService<KeyBook>();

        await book.RevokeAsync(book.All[0].Id, default);

        var body = await stream.Content.ReadAsStreamAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var buffer = new byte[1024];
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await body.ReadAsync(buffer, patience.Token) > 0)
            {
            }

            throw new IOException("It has ended.");
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(accounts, "/api/points", ("X-Api-Key", key))).StatusCode);
    }

    private static Task<string> MakeAsync(AccountsApp accounts, KeyScope scopes, params string[] series) =>
        accounts.App.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "agent", Hash = "", Scopes = scopes, Series = series }, default);

    private static async Task<HttpResponseMessage> PostAsync(AccountsApp accounts, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("{\"series\":\"room.temp\",\"tags\":{\"floor\":\"2\"},\"value\":1}\n{\"series\":\"other\",\"value\":1}\n", Encoding.UTF8, "application/x-ndjson"),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await accounts.App.Client.SendAsync(request);
    }
}
