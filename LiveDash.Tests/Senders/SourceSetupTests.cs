using System.Net;
using System.Net.Http.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Sources that users set up: simulators, followed files, replays, and the API that they are set up by.</summary>
public sealed class SourceSetupTests
{
    [Theory]
    [InlineData("sine")]
    [InlineData("spikes")]
    [InlineData("burst")]
    [InlineData("late")]
    [InlineData("disorder")]
    [InlineData("flapping")]
    public async Task Simulator_EachScenario_WritesTaggedPointsUntilItIsDeleted(string scenario)
    {
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "sim", "simulator", ("scenario", scenario), ("interval", "50ms"), ("noise", "0"), ("count", "2"));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/series")).Contains("simulated{n=2,simulator=sim}", StringComparison.Ordinal), "it writes");
        using var deleted = await app.Client.DeleteAsync(new Uri("/api/settings/sources/sim", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("[]", await app.GetAsync("/api/settings/sources"));
    }

    [Fact]
    public async Task Put_OfFaultySettings_NamesEachAndKeepsNothing()
    {
        await using var app = await LiveApp.StartAsync();
        using var answer = await app.Client.PutAsJsonAsync(new Uri("/api/settings/sources/sim", UriKind.Relative), new { kind = "simulator", values = new Dictionary<string, string> { ["count"] = "many", ["scenario"] = "none", ["unknown"] = "1" } });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        foreach (var part in new[] { "count", "scenario", "unknown" }) Assert.Contains($"\"key\":\"{part}\"", text, StringComparison.Ordinal);
        Assert.Equal("[]", await app.GetAsync("/api/settings/sources"));
    }

    [Fact]
    public async Task Get_ShowsNoSecretAndPutKeepsIt()
    {
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "q", "mqtt", ("topics", "a"), ("password", "hush"), ("port", "1"));
        Assert.DoesNotContain("hush", await app.GetAsync("/api/settings/sources"), StringComparison.Ordinal);
        await SourceCalls.PutAsync(app, "q", "mqtt", ("topics", "b"), ("password", "********"), ("port", "1"));
        var kept = app.Services.GetService(typeof(LiveDash.Core.Ingestion.Sources.Setups.SourceBook)) as LiveDash.Core.Ingestion.Sources.Setups.SourceBook;
        Assert.Equal("hush", kept!.All.Single().Values["password"]);
    }

    [Theory]
    [InlineData("mqtt", "password", "host", "elsewhere.example")]
    [InlineData("forward-mqtt", "password", "port", "2")]
    [InlineData("kafka", "options", "servers", "elsewhere.example:9092")]
    [InlineData("forward-kafka", "options", "servers", "elsewhere.example:9092")]
    [InlineData("forward-influx", "secret", "url", "http://elsewhere.example")]
    [InlineData("forward-livedash", "secret", "url", "http://elsewhere.example")]
    public async Task Put_LeadsElsewhere_DoesNotTakeTheKeptSecretThere(string kind, string secret, string target, string elsewhere)
    {
        await using var app = await LiveApp.StartAsync();
        var values = new Dictionary<string, string> { [secret] = kind.Contains("kafka", StringComparison.Ordinal) ? "client.id=hush" : "hush" };
        if (kind is "mqtt" or "kafka") values["topics"] = "a";
        var body = new { kind, enabled = false, values };
        using (var first = await app.Client.PutAsJsonAsync(new Uri("/api/settings/sources/q", UriKind.Relative), body)) Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync());
        (values[secret], values[target]) = ("********", elsewhere);

        using var answer = await app.Client.PutAsJsonAsync(new Uri("/api/settings/sources/q", UriKind.Relative), body);
        using var test = await app.Client.PostAsJsonAsync(new Uri("/api/settings/sources/q/test", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("given anew", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("given anew", await test.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setups_OverARestart_AreKept()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path)) await SourceCalls.PutAsync(app, "sim", "simulator", ("interval", "50ms"));
        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await SourceCalls.RunsAsync(again, "sim");
    }

    [Fact]
    public async Task Test_OfASource_SaysWhatItFoundAndKeepsNothing()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (target, works) in new[] { (app.Address + "metrics", "true"), ("http://127.0.0.1:1/metrics", "false") })
        {
            using var answer = await app.Client.PostAsJsonAsync(new Uri("/api/settings/sources/x/test", UriKind.Relative), new { kind = "scrape", values = new Dictionary<string, string> { ["targets"] = target } });
            Assert.Contains($"\"works\":{works}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("[]", await app.GetAsync("/api/settings/sources"));
    }

    [Fact]
    public async Task Test_OfEachKind_AnswersInWords()
    {
        await using var app = await LiveApp.StartAsync();
        var kinds = System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/settings/source-kinds")).RootElement.EnumerateArray().ToList();
        Assert.Equal(13, kinds.Count);
        await Task.WhenAll(kinds.Select(async kind =>
        {
            // Nobody listens on port 1.
            var values = kind.GetProperty("fields").EnumerateArray().ToDictionary(static field => field.GetProperty("key").GetString()!, static field => field.GetProperty("key").GetString() switch
            {
                "port" => "1", "servers" or "connection" => "127.0.0.1:1", "url" => field.GetProperty("default").GetString()!.Split("://")[0] + "://127.0.0.1:1", "uri" => "amqp://127.0.0.1:1/", "targets" => "http://127.0.0.1:1/metrics",
                var key => field.GetProperty("default").GetString() is { Length: > 0 } preset ? preset : field.GetProperty("isRequired").GetBoolean() ? key! : "",
            });
            var name = kind.GetProperty("name").GetString()!;
            using var answer = await app.Client.PostAsJsonAsync(new Uri("/api/settings/sources/x/test", UriKind.Relative), new { kind = name, values });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var said = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal(name is "simulator" or "replay", said.GetProperty("works").GetBoolean());
            Assert.NotEmpty(said.GetProperty("text").GetString()!);
        }));
    }

    [Fact]
    public async Task Setups_OfASettingsFile_RunAndAreChangedThereAlone()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Sources:bench:kind=simulator", "--LiveDash:Sources:bench:scenario=sine", "--LiveDash:Sources:bench:interval=50ms"]);
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/series")).Contains("simulator=bench", StringComparison.Ordinal), "it writes");
        using var deleted = await app.Client.DeleteAsync(new Uri("/api/settings/sources/bench", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
    }

    [Fact]
    public async Task File_OfCsvThatGrowsAndIsRotated_IsReadByItsHeaderAlsoAfterARestart()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var path = Path.Combine(folder.Path, "plant.csv");
        string[] settings = [$"--LiveDash:Follow:Folders:0={folder.Path}"];
        await File.WriteAllTextAsync(path, "time,site,rpm,state\n2026-01-01T00:00:00Z,a,1480,running\n");
        await using (var app = await LiveApp.StartAsync(dataDirectory: data.Path, settings: settings))
        {
            await SourceCalls.PutAsync(app, "csv", "file", ("path", path), ("from", "beginning"), ("format", "csv"), ("time", "time"), ("tags", "site"));
            await SourceCalls.StoredAsync(app, "plant.rpm{site=a}", "1480");
            await SourceCalls.StoredAsync(app, "plant.state{site=a}", "\"running\"");
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains($"{new FileInfo(path).Length:N0} bytes read", StringComparison.Ordinal), "the place is kept");
        }

        await File.AppendAllTextAsync(path, "2026-01-01T00:00:01Z,a,0,stopped\n");
        await using var again = await LiveApp.StartAsync(dataDirectory: data.Path, settings: settings);
        await SourceCalls.StoredAsync(again, "plant.state{site=a}", "\"stopped\"");
        File.Move(path, path + ".1");
        await File.WriteAllTextAsync(path, "time,rpm,site\n2026-01-01T00:00:02Z,7,b\n");
        // One value column now: its series has the name alone.
        await SourceCalls.StoredAsync(again, "plant{site=b}", "7");
    }

    [Fact]
    public async Task File_ThatGrowsAndIsRotated_IsReadWithoutALineLost()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var path = Path.Combine(folder.Path, "points.ndjson");
        string[] settings = [$"--LiveDash:Follow:Folders:0={folder.Path}"];
        await File.WriteAllTextAsync(path, Line(1));
        await using (var app = await LiveApp.StartAsync(dataDirectory: data.Path, settings: settings))
        {
            await SourceCalls.PutAsync(app, "log", "file", ("path", path), ("from", "beginning"));
            await SourceCalls.StoredAsync(app, "followed", "1");
            await File.AppendAllTextAsync(path, Line(2));
            await SourceCalls.StoredAsync(app, "followed", "2");
            File.Move(path, path + ".1");
            await File.AppendAllTextAsync(path + ".1", Line(3));
            await File.WriteAllTextAsync(path, Line(4));
            await SourceCalls.StoredAsync(app, "followed", "3");
            await SourceCalls.StoredAsync(app, "followed", "4");
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains($"{Line(4).Length:N0} bytes read", StringComparison.Ordinal), "the place is kept");
        }

        await File.AppendAllTextAsync(path, Line(5));
        await using var again = await LiveApp.StartAsync(dataDirectory: data.Path, settings: settings);
        await SourceCalls.StoredAsync(again, "followed", "5");
        Assert.Equal(5, (await again.GetAsync("/api/points?series=followed")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        static string Line(int value) => $$"""{"series":"followed","t":"2026-01-01T00:00:0{{value}}Z","value":{{value}}}""" + "\n";
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("dots")]
    [InlineData("link")]
    [InlineData("unlisted")]
    public async Task File_BeyondTheListedFolders_IsRefused(string way)
    {
        using var folder = new TempDirectory();
        using var other = new TempDirectory();
        var secret = Path.Combine(other.Path, "secret");
        await File.WriteAllTextAsync(secret, "x");
        var path = way switch
        {
            "dots" => Path.Combine(folder.Path, "..", Path.GetFileName(other.Path), "secret"),
            "link" => Path.Combine(folder.Path, "link"),
            _ => secret,
        };
        if (way == "link") File.CreateSymbolicLink(path, secret);
        await using var app = await LiveApp.StartAsync(settings: way == "unlisted" ? [] : [$"--LiveDash:Follow:Folders:0={folder.Path}"]);
        using var answer = await app.Client.PutAsJsonAsync(new Uri("/api/settings/sources/f", UriKind.Relative), new { kind = "file", values = new Dictionary<string, string> { ["path"] = path } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Replay_OfStoredPoints_ComesAsIfNow()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(Enumerable.Range(0, 5).Select(static i => $$"""{"series":"old","t":"2026-01-01T00:00:0{{i}}Z","value":{{i}}}"""));
        await SourceCalls.PutAsync(app, "again", "replay", ("series", "old"), ("from", "2026-01-01"), ("to", "2026-01-02"), ("speed", "100"));
        await SourceCalls.StoredAsync(app, "old{replay=again}", "4");
        Assert.DoesNotContain("2026-01-01", await app.GetAsync("/api/points?series=old%7Breplay%3Dagain%7D"), StringComparison.Ordinal);
    }
}
