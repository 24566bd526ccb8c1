using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Web.Api;

public sealed class PointsIngestTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly LiveApp _app = fixture.App;

    [Fact]
    public async Task Post_Ndjson_KeepsTheGoodAndTellsTheBad()
    {
        var (status, answer) = await PostAsync("""
            {"series":"post.a","value":1,"id":"1"}
            {"series":"post.a","value":1e400}
            {"series":"post.a","value":2,"t":"2026-01-01T00:00:00Z"}
            """);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"accepted":2,"rejected":1,"errors":[{"line":2,"reason":"not_finite","detail":"A number is beyond what a double can hold."}]}""",
            answer.GetRawText());
        Assert.Equal([2d, 1d], (await StoredAsync("post.a")).Select(p => p.Value));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Post_UsualMediaTypes_AreTaken(string? type)
    {
        var (status, _) = await PostAsync("""[{"series":"post.types","value":1}]""", type);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Post_OtherMediaTypes_Are415(string type)
    {
        var (status, problem) = await PostAsync("""{"series":"post.types","value":1}""", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Equal("urn:livedash:unsupported_media_type", problem.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task Post_Compressed_IsUndone(string encoding)
    {
        var series = "post.packed." + encoding;
        var body = string.Concat(Enumerable.Range(0, 3000).Select(i => $$"""{"series":"{{series}}","value":{{i}}}""" + "\n"));
        var (status, answer) = await PostAsync(Packed(Encoding.UTF8.GetBytes(body), encoding), encoding);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3000, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(3000, (await StoredAsync(series)).Count);
    }

    [Theory]
    [InlineData("lz4")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    public async Task Post_UnknownOrNestedEncoding_Is415(string encoding)
    {
        var (status, problem) = await PostAsync([1, 2, 3], encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Equal("urn:livedash:unsupported_encoding", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Post_NotWhatItsEncodingSays_Is400()
    {
        var (status, problem) = await PostAsync("plain text"u8.ToArray(), "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("urn:livedash:bad_encoding", problem.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Post_Bomb_Is413(string encoding)
    {
        var (status, problem) = await PostAsync(Packed(new byte[40 * 1024 * 1024], encoding), encoding);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("LiveDash:Limits:MaxCompressionRatio", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"series":"x","value":"NaN"}""")]
    public async Task Post_NothingAccepted_Is400(string body)
    {
        var (status, problem) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("urn:livedash:nothing_accepted", problem.GetProperty("type").GetString());
        Assert.Equal(0, problem.GetProperty("accepted").GetInt32());
        Assert.Equal(problem.GetProperty("rejected").GetInt32(), problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Post_UnknownAck_Is400()
    {
        using var response = await _app.Client.PostAsync("/api/points?ack=maybe", new StringContent("""{"series":"x","value":1}"""));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_AckReceived_IsKeptSoonAfter()
    {
        using var response = await _app.Client.PostAsync("/api/points?ack=received&source=quick", new StringContent("""{"series":"post.quick","value":1}"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await _app.Services.GetRequiredService<IngestPipeline>().SettledAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(await StoredAsync("post.quick"));
        var account = _app.Services.GetRequiredService<SourceRegistry>().Snapshot(0).Single(s => s.Name == "quick");
        Assert.Equal(("http", 1, 1), (account.Kind, account.Offered, account.Accepted));
    }

    [Fact]
    public async Task Post_BodyTooLong_Is413AndNamesTheSetting()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Limits:MaxBodyBytes=1000"]);
        using var response = await app.Client.PostAsync("/api/points", new ByteArrayContent(new byte[2000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("LiveDash:Limits:MaxBodyBytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MoreThanKestrelsOwnLimit_IsTaken()
    {
        // Kestrel's default is 30,000,000 bytes.
        var line = Encoding.UTF8.GetBytes("""{"series":"post.large","value":1}""" + new string(' ', 60_000) + "\n");
        var body = new byte[line.Length * 520];
        for (var i = 0; i < 520; i++) line.CopyTo(body, i * line.Length);
        Assert.True(body.Length > 30_000_000);
        var (status, answer) = await PostAsync(body, null);
        Assert.Equal((HttpStatusCode.OK, 520), (status, answer.GetProperty("accepted").GetInt32()));
    }

    [Fact]
    public async Task Post_OnlyNewSeriesPastTheCap_Is429()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Limits:MaxSeries=1"]);
        using var first = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"a","value":1}"""));
        using var second = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"b","value":1}"""));
        using var known = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"a","value":2}"""));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, known.StatusCode));
        Assert.Contains("LiveDash:Limits:MaxSeries", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_StoreRefuses_TellsWhyAndRecoversByItself()
    {
        var store = new FakePointStore();
        await using var app = await StartWithAsync(store);
        store.Failure = new StoreFullException("no space");
        using var full = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"a","value":1}"""));
        store.Failure = new StoreUnavailableException("sync failed");
        using var broken = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"a","value":1}"""));
        store.Failure = null;
        using var well = await app.Client.PostAsync("/api/points", new StringContent("""{"series":"a","value":1}"""));
        Assert.Equal((HttpStatusCode.InsufficientStorage, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (full.StatusCode, broken.StatusCode, well.StatusCode));
        Assert.NotNull(full.Headers.RetryAfter);
    }

    [Fact]
    public async Task Post_QueueFull_Is429WithRetryAfter()
    {
        var commit = new TaskCompletionSource();
        var store = new FakePointStore { Hold = commit.Task };
        await using var app = await StartWithAsync(store, "--LiveDash:Ingest:QueuePoints=65536");
        var body = string.Concat(Enumerable.Repeat("{\"series\":\"a\",\"value\":1}\n", 8000));
        HttpStatusCode status;
        var taken = 0;
        do
        {
            using var response = await app.Client.PostAsync("/api/points?ack=received", new StringContent(body));
            status = response.StatusCode;
            if (status == HttpStatusCode.OK) taken++;
            else Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        }
        while (status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.InRange(taken, 4, 5);
        using var other = await app.Client.PostAsync("/api/points?ack=received&source=quiet", new StringContent("""{"series":"a","value":1}"""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        commit.SetResult();
    }

    private static Task<LiveApp> StartWithAsync(FakePointStore store, params string[] settings) => LiveApp.StartAsync(
        builder => builder.Services.Replace(ServiceDescriptor.Singleton<IPointStore>(services =>
        {
            store.Beside = ActivatorUtilities.CreateInstance<BlockPointStore>(services);
            return store;
        })),
        settings: settings);

    private static byte[] Packed(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => packed,
        })
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body, string? type = "application/x-ndjson")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await SendAsync(content);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/x-ndjson");
        if (encoding is not null) content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await SendAsync(content);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpContent content)
    {
        using var response = await _app.Client.PostAsync("/api/points", content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    private async Task<List<(long Ticks, double Value)>> StoredAsync(string series)
    {
        Assert.True(_app.Services.GetRequiredService<SeriesCatalog>().TryFind(series, out var number));
        var found = new List<(long, double)>();
        await foreach (var block in _app.Services.GetRequiredService<IPointStore>().ScanAsync(new PointQuery { Series = [number] }, default))
        {
            for (var i = 0; i < block.Count; i++) found.Add((block.Times.Span[i], block.Values.Span[i]));
        }

        return found;
    }
}
