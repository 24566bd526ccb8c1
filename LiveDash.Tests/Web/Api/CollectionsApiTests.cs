using System.Globalization;
using System.Net;
using System.Text.Json;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Web.Api;

/// <summary>Existing collections over HTTP.</summary>
public class CollectionsApiTests
{
    [Fact]
    public async Task GetPoints_AConnectionWithCoords_StreamsTheSeedsOwnDocuments()
    {
        await using var server = await SeededAsync(2_500);
        await using var app = await StartAsync(server);

        var lines = (await app.GetAsync("/get_points")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2_500, lines.Length);
        Assert.Equal("{\"pt\":[0,0],\"id\":0}", lines[0]);
        Assert.Equal("{\"pt\":[49,49],\"id\":2499}", lines[^1]);
    }

    [Fact]
    public async Task GetPoints_TheConnectionHasNoCoords_StreamsWhatIsStored()
    {
        await using var server = new MongoDoubleServer();
        await using var app = await StartAsync(server);
        await app.PostAsync("""{"series":"coords","pt":[3,4]}""");

        Assert.Equal("{\"pt\":[3,4],\"id\":1}\n", await app.GetAsync("/get_points"));
    }

    [Fact]
    public async Task GetPoints_FirstLine_LeavesBeforeTheCursorIsExhausted()
    {
        await using var server = await SeededAsync(30_000);
        await using var app = await StartAsync(server);
        var held = new TaskCompletionSource();
        server.Before = command => command.GetElement(0).Name == "getMore" ? held.Task : Task.CompletedTask;
        using var answer = await app.Client.GetAsync(new Uri("/get_points", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("{\"pt\":[0,0],\"id\":0}", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        held.SetResult();
        var rest = 1;
        while (await reader.ReadLineAsync() is not null) rest++;
        Assert.Equal(30_000, rest);
    }

    [Fact]
    public async Task GetPoints_ReaderLeaves_EndsTheServersCursor()
    {
        await using var server = await SeededAsync(200_000);
        await using var app = await StartAsync(server);
        using (var answer = await app.Client.GetAsync(new Uri("/get_points", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            var stream = await answer.Content.ReadAsStreamAsync();
            Assert.True(await stream.ReadAsync(new byte[10]) > 0);
            Assert.True(server.OpenCursors <= 1);
        }

        await Wait.UntilAsync(() => Task.FromResult(server.OpenCursors == 0), "the cursor is ended");
    }

    [Fact]
    public async Task GetPoints_CursorDiesMidway_GivesEachOnce()
    {
        await using var server = await SeededAsync(40_000);
        await using var app = await StartAsync(server);
        server.Fail(new MongoFailure("getMore") { Skip = 1 });
        server.Fail(new MongoFailure("getMore") { Skip = 2, Fault = new MongoFault(43, "CursorNotFound", "cursor not found") });

        var lines = (await app.GetAsync("/get_points")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(0, 40_000).Select(static i => $"\"id\":{i}}}"), lines.Select(static line => line[line.IndexOf("\"id\"", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task ReadPoints_OfAMappedCollection_TakesRangeBoxLimitFieldsAndFormat()
    {
        await using var server = await SeededAsync(2_500);
        server.Put("lab.readings", Enumerable.Range(0, 100).Select(static i => new BsonDocument { { "_id", i }, { "at", new BsonDateTime(i * 1_000L) }, { "v", i / 2.0 }, { "host", i % 2 == 0 ? "a" : "b" } }));
        await using var app = await StartAsync(server);
        await SaveAsync(app, """{"name":"readings","connection":"lab","collection":"readings","time":"at","values":["v"],"series":"load","tags":{"host":"host"},"key":"_id"}""");

        Assert.Equal("{\"id\":7,\"series\":\"load\",\"tags\":{\"host\":\"b\"},\"t\":\"1970-01-01T00:00:07.000Z\",\"value\":3.5}\n", await app.GetAsync("/api/points?collection=readings&from=1970-01-01T00:00:07Z&to=1970-01-01T00:00:08Z"));
        Assert.Equal("value\r\n0\r\n0.5\r\n", await app.GetAsync("/api/points?collection=readings&limit=2&fields=value&format=csv"));
        Assert.Equal(9, Lines(await app.GetAsync("/api/points?collection=coords&bbox=10,10,12,12")));
        Assert.Contains("\"read\":", await app.GetAsync("/api/collections"), StringComparison.Ordinal);
        foreach (var (query, status) in new[] { ("collection=none", HttpStatusCode.NotFound), ("collection=readings&order=desc", HttpStatusCode.BadRequest), ("collection=readings&after=1", HttpStatusCode.BadRequest) })
        {
            using var answer = await app.Client.GetAsync(new Uri("/api/points?" + query, UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task ReadPoints_ServerGone_IsAProblemAndNotABodyThatBreaksOff()
    {
        await using var server = await SeededAsync(10);
        await using var app = await StartAsync(server);
        await SaveAsync(app, """{"name":"coords","connection":"lab","collection":"coords","series":"coords","point":"pt","key":"id"}""");
        await server.DisposeAsync();

        using var answer = await app.Client.GetAsync(new Uri("/get_points", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("collection_unreadable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_FlatEdges_AreLiveDashsOwnWithAndWithoutAnIndex(bool indexed)
    {
        await using var server = await SeededAsync(2_500);
        if (indexed) server.PutIndex("lab.coords", "pt", "2d");
        await using var app = await StartAsync(server);
        const string Triangle = """{"type":"Polygon","coordinates":[[[0,0],[40,0],[0,40],[0,0]]]}""";

        using var answer = await PostAsync(app, "/api/points/query?collection=coords&fields=pt", Triangle);

        // Edges and corners count as inside, as of stored points.
        Assert.Equal(41 * 42 / 2, Lines(await answer.Content.ReadAsStringAsync()));
        Assert.Equal(indexed ? "flat; narrowed by the 2d index, found by LiveDash" : "flat; found by LiveDash", answer.Headers.GetValues("X-LiveDash-Edges").Single());
        Assert.Equal(indexed, server.Commands.Last(static c => c.GetElement(0).Name == "find")["filter"].AsBsonDocument.Contains("pt"));
    }

    [Fact]
    public async Task Query_GreatCircles_AreTheDatabasesAndDifferFromFlatEdges()
    {
        await using var server = new MongoDoubleServer();
        server.Put("lab.coords", Enumerable.Range(0, 50).Select(static i => new BsonDocument { { "_id", i }, { "pt", new BsonArray { 0.0, 40 + (i * 0.4) } }, { "id", i } }));
        await using var app = await StartAsync(server);
        // Its upper edge lies on the 50th parallel on the plane, and bends north of it on the sphere.
        const string Square = """{"type":"Polygon","coordinates":[[[-40,41],[40,41],[40,50],[-40,50],[-40,41]]]}""";

        using var flat = await PostAsync(app, "/api/points/query?collection=coords&fields=id", Square);
        using var sphere = await PostAsync(app, "/api/points/query?collection=coords&fields=id&plane=sphere", Square);

        Assert.Equal("great circles; found by the database", sphere.Headers.GetValues("X-LiveDash-Edges").Single());
        Assert.NotEqual(await flat.Content.ReadAsStringAsync(), await sphere.Content.ReadAsStringAsync());
        var lowest = Lines(await flat.Content.ReadAsStringAsync());
        Assert.Equal(23, lowest);
        using var stored = await PostAsync(app, "/api/points/query?plane=sphere", Square);
        Assert.Equal(HttpStatusCode.BadRequest, stored.StatusCode);
    }

    [Fact]
    public async Task Settings_Saved_AreShownWithoutPasswordAndKeepItForTheSameServerAlone()
    {
        await using var server = new MongoDoubleServer(password: "geheim");
        server.Put("lab.coords", new BsonDocument { { "_id", 1 }, { "pt", new BsonArray { 1, 2 } }, { "id", 5 } });
        await using var app = await LiveApp.StartAsync();
        await SaveAllAsync(app, HttpStatusCode.OK, $$"""{"connections":[{"name":"lab","address":"{{server.Address("lab")}}"}],"collections":[]}""");

        var shown = await app.GetAsync("/api/settings/collections");

        Assert.DoesNotContain("geheim", shown, StringComparison.Ordinal);
        Assert.Contains("mongodb://***@", shown, StringComparison.Ordinal);
        await SaveAllAsync(app, HttpStatusCode.OK, shown);
        Assert.Equal("{\"pt\":[1,2],\"id\":5}\n", await app.GetAsync("/get_points"));
        await SaveAllAsync(app, HttpStatusCode.UnprocessableEntity, shown.Replace(server.Host, "127.0.0.1:1", StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", await app.GetAsync("/sources"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"connections":[{"name":"x","address":"mongodb://a/b?timeoutMS=5"}],"collections":[]}""", "timeoutMS")]
    [InlineData("""{"connections":[{"name":"x","address":"http://a"}],"collections":[]}""", "no connection string")]
    [InlineData("""{"connections":[],"collections":[{"name":"x","connection":"none","collection":"c","series":"s"}]}""", "There is no connection")]
    [InlineData("""{"connections":[],"collections":[{"name":"x","connection":"lab","collection":"c","series":"s","filter":"{\"$where\":\"1\"}"}]}""", "$where")]
    [InlineData("""{"connections":[],"collections":[{"name":"x","connection":"lab","collection":"c","series":"{","values":["$a"]}]}""", "series")]
    public async Task Settings_AtFault_AreRefusedAndNotKept(string settings, string named)
    {
        await using var server = new MongoDoubleServer();
        await using var app = await StartAsync(server);

        Assert.Contains(named, await SaveAllAsync(app, HttpStatusCode.UnprocessableEntity, settings), StringComparison.Ordinal);
        Assert.Contains("\"collections\":[]", await app.GetAsync("/api/settings/collections"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_ASample_FindsTimePlaceKeyValuesAndTags()
    {
        await using var server = new MongoDoubleServer();
        server.Put("lab.bikes", Enumerable.Range(0, 500).Select(static i => new BsonDocument
        {
            { "_id", MongoDoubleServer.Key(1_700_000_000, i) }, { "when", new BsonDateTime(1_700_000_000_000 + i) }, { "seq", i }, { "where", new BsonDocument { { "type", "Point" }, { "coordinates", new BsonArray { 13.0 + (i / 1000.0), 52 } } } },
            { "m", new BsonDocument { { "speed", i % 30 * 1.5 }, { "note", $"text {i}" } } }, { "city", i % 3 == 0 ? "berlin" : "bonn" },
        }));
        await using var app = await StartAsync(server);

        using var answer = await PostAsync(app, "/api/settings/collections/suggest", """{"name":"bikes","connection":"lab","collection":"bikes","series":""}""");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var map = json.RootElement.GetProperty("map");

        Assert.Equal(200, json.RootElement.GetProperty("sampled").GetInt32());
        Assert.Equal(("when", "where", "seq", "bikes"), (map.GetProperty("time").GetString(), map.GetProperty("point").GetString(), map.GetProperty("key").GetString(), map.GetProperty("series").GetString()));
        Assert.Equal(["m.speed"], map.GetProperty("values").EnumerateArray().Select(static v => v.GetString()));
        Assert.Equal("{\"city\":\"city\"}", map.GetProperty("tags").GetRawText());
        Assert.Equal(5, json.RootElement.GetProperty("examples").GetArrayLength());
        Assert.Contains("bikes{city=b", json.RootElement.GetProperty("examples")[0].GetProperty("points")[0].GetString(), StringComparison.Ordinal);
        await SaveAsync(app, map.GetRawText());
        Assert.Equal(500, Lines(await app.GetAsync("/api/points?collection=bikes")));
    }

    [Fact]
    public async Task Start_ConnectionAtFault_IsNamed()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => LiveApp.StartAsync(null, null, null, "--LiveDash:Connections:lab=mongodb://dash:geheim@a/b?timeoutMS=1"));

        Assert.Contains("LiveDash:Connections:lab", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task<MongoDoubleServer> SeededAsync(int count)
    {
        var server = new MongoDoubleServer();
        server.Put("lab.coords", Enumerable.Range(0, count).Select(static i => new BsonDocument { { "_id", MongoDoubleServer.Key(1_700_000_000, i) }, { "pt", new BsonArray { i % 50, i / 50 } }, { "id", i } }));
        return Task.FromResult(server);
    }

    private static Task<LiveApp> StartAsync(MongoDoubleServer server) => LiveApp.StartAsync(null, null, null, "--LiveDash:Connections:lab=" + server.Address("lab"));

    private static Task SaveAsync(LiveApp app, string map) => SaveAllAsync(app, HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $$"""{"connections":[],"collections":[{{map}}]}"""));

    private static async Task<string> SaveAllAsync(LiveApp app, HttpStatusCode expected, string settings)
    {
        using var body = new StringContent(settings);
        using var answer = await app.Client.PutAsync(new Uri("/api/settings/collections", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return text;
    }

    private static async Task<HttpResponseMessage> PostAsync(LiveApp app, string path, string body)
    {
        using var content = new StringContent(body);
        return await app.Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static int Lines(string text) => text.Count(static c => c == '\n');
}
