using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>Rules, alerts and silences through the true app: from the text of a rule to the alert's end.</summary>
public sealed class AlertsApiTests
{
    private const string Hot = """{"name":"hot","expr":"last(cpu.load, 1) > 80 keep 5s clear 70","severity":"critical","labels":{"team":"ops"}}""";

    [Fact]
    public async Task Rule_MadeReadChangedDeleted_IsKeptEachTime()
    {
        await using var app = await LiveApp.StartAsync();
        using var made = await SendAsync(app, HttpMethod.Post, "/api/rules", Hot);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("/api/rules/hot", made.Headers.Location?.ToString());
        Assert.Equal("last(cpu.load, 1) > 80 keep 5s clear 70", (await JsonAsync(app, "/api/rules/hot")).GetProperty("expr").GetString());
        using var changed = await SendAsync(app, HttpMethod.Put, "/api/rules/hot", Hot.Replace("> 80", "> 85", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("> 85", (await JsonAsync(app, "/api/rules")).ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await app.Client.DeleteAsync(new Uri("/api/rules/hot", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(new Uri("/api/rules/hot", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Rule_FaultyText_Is422WithThePlace()
    {
        await using var app = await LiveApp.StartAsync();
        using var answer = await SendAsync(app, HttpMethod.Post, "/api/rules", """{"name":"bad","expr":"mean(cpu.load, 30s) >> 80"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(20, problem.GetProperty("position").GetInt32());
        Assert.Equal("expr", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task FirstStart_WithoutRules_MakesTheThreeOfTheMachineOnce()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            Assert.Equal(3, (await JsonAsync(app, "/api/rules")).GetArrayLength());
            await app.Client.DeleteAsync(new Uri("/api/rules/processor-busy", UriKind.Relative));
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        Assert.Equal(2, (await JsonAsync(again, "/api/rules")).GetArrayLength());
    }

    [Fact]
    public async Task Alert_PointBreaches_FiresAtOnceIsAcknowledgedSilencedAndResolved()
    {
        await using var app = await LiveApp.StartAsync();
        using var made = await SendAsync(app, HttpMethod.Post, "/api/rules", Hot);
        // All in one body, of a series that nobody knew: each point is judged, the first included.
        await app.PostAsync(Point("2026-01-01T00:00:00Z", 90), Point("2026-01-01T00:00:01Z", 97), Point("2026-01-01T00:00:02Z", 75));
        var alert = (await AlertsAsync(app, "firing", 1))[0];
        Assert.Equal("hot", alert.GetProperty("rule").GetString());
        Assert.Equal("cpu.load", alert.GetProperty("series").GetString());
        Assert.Equal("critical", alert.GetProperty("severity").GetString());
        Assert.Equal(97, alert.GetProperty("peak").GetDouble());
        Assert.StartsWith("2026-01-01T00:00:00", alert.GetProperty("firedAt").GetString(), StringComparison.Ordinal);

        var id = alert.GetProperty("id").GetString();
        using var acknowledged = await SendAsync(app, HttpMethod.Post, $"/api/alerts/{id}/ack", "");
        Assert.True((await acknowledged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("acknowledged").GetBoolean());
        using var silenced = await SendAsync(app, HttpMethod.Post, "/api/silences", """{"rule":"hot","duration":"1h","comment":"known"}""");
        Assert.Equal(HttpStatusCode.Created, silenced.StatusCode);
        Assert.Single(await AlertsAsync(app, "silenced", 1));
        Assert.Equal("suppressed", (await JsonAsync(app, "/api/v2/alerts"))[0].GetProperty("status").GetProperty("state").GetString());
        var silence = (await silenced.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await app.Client.DeleteAsync(new Uri($"/api/silences/{silence}", UriKind.Relative))).StatusCode);

        await app.PostAsync(Point("2026-01-01T00:00:03Z", 10), Point("2026-01-01T00:00:08Z", 10));
        var past = (await AlertsAsync(app, "resolved", 1))[0];
        Assert.Equal("cleared", past.GetProperty("reason").GetString());
        Assert.StartsWith("2026-01-01T00:00:08", past.GetProperty("resolvedAt").GetString(), StringComparison.Ordinal);
        var events = (await JsonAsync(app, "/api/episodes"))[0].GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString());
        Assert.Equal(["fired", "acknowledged", "recovering", "resolved"], events);
    }

    [Fact]
    public async Task Alert_AppRestarted_StaysFiringInTheSameEpisode()
    {
        using var directory = new TempDirectory();
        string? episode;
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            using var made = await SendAsync(app, HttpMethod.Post, "/api/rules", Hot);
            await app.PostAsync(Point("2026-01-01T00:00:00Z", 90));
            episode = (await AlertsAsync(app, "firing", 1))[0].GetProperty("episode").GetString();
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        Assert.Equal(episode, (await AlertsAsync(again, "firing", 1))[0].GetProperty("episode").GetString());
        await again.PostAsync(Point("2026-01-01T00:10:00Z", 91));
        await again.Client.DeleteAsync(new Uri("/api/rules/hot", UriKind.Relative));
        Assert.Equal("deleted", (await AlertsAsync(again, "resolved", 1))[0].GetProperty("reason").GetString());
        Assert.Equal(1, (await JsonAsync(again, "/api/episodes"))[0].GetProperty("events").EnumerateArray().Count(e => e.GetProperty("kind").GetString() == "fired"));
    }

    [Fact]
    public async Task Alert_AppRestartedWhilePending_FiresAfterTheRestOfFor()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            using var made = await SendAsync(app, HttpMethod.Post, "/api/rules", """{"name":"slow","expr":"last(cpu.load, 1) > 80 for 10s"}""");
            await app.PostAsync(Enumerable.Range(0, 7).Select(static i => Point($"2026-01-01T00:00:0{i}Z", 90)));
            await AlertsAsync(app, "pending", 1);
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await again.PostAsync(Point("2026-01-01T00:01:00Z", 90), Point("2026-01-01T00:01:03.999Z", 90));
        await AlertsAsync(again, "pending", 1);
        await again.PostAsync(Point("2026-01-01T00:01:04Z", 90));
        Assert.StartsWith("2026-01-01T00:01:04", (await AlertsAsync(again, "firing", 1))[0].GetProperty("firedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_StoredHistory_GivesTheEpisodesThatWouldHaveBeen()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(Enumerable.Range(0, 600).Select(i => Point($"2026-01-01T00:{i / 60:D2}:{i % 60:D2}Z", i % 200 < 50 ? 95 : 20)));
        using var answer = await SendAsync(app, HttpMethod.Post, "/api/rules/preview",
            """{"expr":"last(cpu.load, 1) > 80 for 10s","from":"2026-01-01T00:00:00Z","to":"2026-01-01T01:00:00Z"}""");
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(600, result.GetProperty("points").GetInt64());
        var episodes = result.GetProperty("episodes").EnumerateArray().ToList();
        Assert.Equal(3, episodes.Count);
        Assert.StartsWith("2026-01-01T00:03:30", episodes[1].GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("2026-01-01T00:04:10", episodes[1].GetProperty("to").GetString(), StringComparison.Ordinal);
        Assert.All(episodes, e => Assert.True(e.GetProperty("resolved").GetBoolean()));
    }

    [Fact]
    public async Task Preview_SeriesNobodyKnows_AddsNone()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(Point("2026-01-01T00:00:00Z", 95));
        using var answer = await SendAsync(app, HttpMethod.Post, "/api/rules/preview",
            """{"expr":"last(cpu.load, 1) > 80 and absent(cpu.lo, 1m) or absent(half.typed, 1m)","from":"2026-01-01T00:00:00Z","to":"2026-01-01T01:00:00Z"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var catalog = (LiveDash.Core.Model.SeriesCatalog)app.Services.GetService(typeof(LiveDash.Core.Model.SeriesCatalog))!;
        Assert.False(catalog.TryFind("cpu.lo", out _));
        Assert.False(catalog.TryFind("half.typed", out _));
    }

    private static string Point(string time, double value) => $$"""{"series":"cpu.load","t":"{{time}}","value":{{value}}}""";

    private static async Task<JsonElement> JsonAsync(LiveApp app, string path) => JsonDocument.Parse(await app.GetAsync(path)).RootElement;

    private static async Task<List<JsonElement>> AlertsAsync(LiveApp app, string state, int count)
    {
        var alerts = (await JsonAsync(app, "/api/alerts?state=" + state)).EnumerateArray().ToList();
        Assert.Equal(count, alerts.Count);
        return alerts;
    }

    private static async Task<HttpResponseMessage> SendAsync(LiveApp app, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body.Length > 0) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await app.Client.SendAsync(request);
    }
}
