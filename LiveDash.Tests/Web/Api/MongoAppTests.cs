using System.Net;
using System.Net.Http.Json;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Web.Api;

/// <summary>The whole app over MongoDB.</summary>
public class MongoAppTests
{
    private const string Password = "Sesam:oeffne/dich@42";

    [Fact]
    public async Task Start_WithMongoDB_KeepsPointsAndSettingsThere()
    {
        await using var server = new MongoDoubleServer();
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(server, directory.Path, null))
        {
            await app.PostAsync("""{"series":"a","t":1000,"value":1.5}""", """{"series":"coords","t":2000,"value":0,"pt":[1,2]}""");
            using var kept = await app.Client.PutAsJsonAsync("/api/settings/windows", new { @default = "77", overrides = Array.Empty<object>() });
            Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        }

        Assert.False(File.Exists(Path.Combine(directory.Path, "livedash.db")));
        await using var again = await StartAsync(server, directory.Path, null);
        Assert.Equal("{\"pt\":[1,2],\"id\":2}\n", await again.GetAsync("/get_points"));
        Assert.Contains("1.5", await again.GetAsync("/api/points?series=a"), StringComparison.Ordinal);
        Assert.Contains("\"77", await again.GetAsync("/api/settings/windows"), StringComparison.Ordinal);
        var metrics = await again.GetAsync("/metrics");
        Assert.Contains("livedash_store_info{engine=\"MongoDB 7.0.0\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("livedash_store_lease_age_seconds", metrics, StringComparison.Ordinal);
        Assert.Contains("livedash_store_retries", metrics, StringComparison.Ordinal);
        Assert.Contains("replica set rs0", await again.GetAsync("/sources"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_SourceOnTheSameServerHasNoConnectionLeft_GoesOn()
    {
        await using var server = new MongoDoubleServer();
        server.Put("lab.coords", new MongoDB.Bson.BsonDocument { { "pt", new MongoDB.Bson.BsonArray { 1, 2 } }, { "id", 1 } });
        using var directory = new TempDirectory();
        // One and the same address for both, with room for one connection: a pool that both shared would be full.
        var narrow = server.Address("lab") + "&maxPoolSize=1&waitQueueTimeoutMS=500";
        await using var app = await LiveApp.StartAsync(null, directory.Path, null, "--LiveDash:Storage:MongoDB=" + narrow, "--LiveDash:Connections:lab=" + narrow);
        var (stalled, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Before = async command =>
        {
            if (command.GetElement(0).Name != "find" || command["find"] != "coords") return;
            stalled.TrySetResult();
            await release.Task;
        };
        var reading = app.Client.GetStringAsync("/get_points");
        await stalled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await app.PostAsync("""{"series":"a","t":1000,"value":1.5}""");
        Assert.Contains("1.5", await app.GetAsync("/api/points?series=a"), StringComparison.Ordinal);

        release.SetResult();
        Assert.Equal("{\"pt\":[1,2],\"id\":1}\n", await reading);
    }

    [Fact]
    public async Task Password_Everywhere_IsNotToBeFound()
    {
        await using var server = new MongoDoubleServer(password: Password);
        using var directory = new TempDirectory();
        using var log = new LogRecorder();
        await using (var app = await StartAsync(server, directory.Path, log))
        {
            await app.PostAsync("""{"series":"a","t":1000,"value":1}""");
            server.IsSecondary = true;
            server.CutAll();
            using var body = new StringContent("""{"series":"a","t":2000,"value":1}""");
            using var refused = await app.Client.PostAsync("/api/points", body);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            var texts = new List<string> { await refused.Content.ReadAsStringAsync() };
            foreach (var path in (string[])["/metrics", "/sources", "/healthz", "/readyz", "/api/sources", "/openapi/v1.json", "/"]) texts.Add(await TextAsync(app, path));
            server.IsSecondary = false;
            Assert.All(texts, static text => AssertWithout(text));
        }

        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, static text => AssertWithout(text));
        foreach (var document in server.Commands) AssertWithout(document.ToString());
        foreach (var file in Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories)) AssertWithout(await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("mongodb://dash:Sesam:oeffne/dich@42@127.0.0.1:1/x")]
    [InlineData("mongodb://dash:Sesam%3Aoeffne%2Fdich%4042@127.0.0.1:1/x?timeoutMS=100")]
    [InlineData("mongodb://dash:Sesam%3Aoeffne%2Fdich%4042@127.0.0.1:1/x?serverSelectionTimeoutMS=100")]
    public async Task Start_AddressThatCannotBeUsed_FailsAndSaysSoWithoutThePassword(string address)
    {
        using var directory = new TempDirectory();
        using var log = new LogRecorder();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => LiveApp.StartAsync(
            builder => builder.Logging.AddProvider(log), directory.Path, null, "--LiveDash:Storage:MongoDB=" + address));

        Assert.Contains("LiveDash:Storage:MongoDB", failure.Message, StringComparison.Ordinal);
        AssertWithout(failure.ToString());
        Assert.All(log.Lines, static text => AssertWithout(text));
    }

    private static Task<LiveApp> StartAsync(MongoDoubleServer server, string directory, LogRecorder? log) => LiveApp.StartAsync(
        builder =>
        {
            if (log is null) return;
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddProvider(log);
        },
        directory, null, "--LiveDash:Storage:MongoDB=" + server.Address());

    private static async Task<string> TextAsync(LiveApp app, string path)
    {
        using var answer = await app.Client.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private static void AssertWithout(string text)
    {
        Assert.DoesNotContain(Password, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Uri.EscapeDataString(Password), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("oeffne", text, StringComparison.OrdinalIgnoreCase);
    }
}
