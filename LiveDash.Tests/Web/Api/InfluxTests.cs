using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public sealed class InfluxTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly HttpClient _client = fixture.App.Client;

    [Theory]
    [InlineData("/write?db=telegraf&precision=s&consistency=any")]
    [InlineData("/api/v2/write?org=o&bucket=b&precision=s")]
    public async Task Write_GoodLines_Is204AndKept(string route)
    {
        var series = "influx.v" + route.Length;
        using var response = await _client.PostAsync(route, new StringContent($"{series},host=a value=1,text=\"x\" 1763719200\n{series},host=a value=2 1763719201\n"));
        Assert.Equal((HttpStatusCode.NoContent, 0L), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(2, (await _client.GetStringAsync($"/api/points?series={series}%7Bhost=a%7D")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("", "1763719200000", "milliseconds: ?precision=ms")]
    [InlineData("?precision=us", "1763719200", "seconds: ?precision=s")]
    [InlineData("?precision=ms", "1763719200", "seconds: ?precision=s")]
    public async Task Write_TimesOfAnotherPrecision_IsTakenAndTold(string query, string time, string looks)
    {
        using var response = await _client.PostAsync("/write" + query, new StringContent($"influx.old value=1 {time}\ninflux.old value=2 {time}\n"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var warning = Assert.Single(response.Headers.GetValues("Warning"));
        Assert.StartsWith("299 - \"All times lie before 2000", warning, StringComparison.Ordinal);
        Assert.Contains(looks, warning, StringComparison.Ordinal);
        // The whole sentence, which names both units: other rows leave theirs in the same account.
        Assert.Contains(warning["299 - \"".Length..^1], await _client.GetStringAsync("/api/sources"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1763719200000000000")]
    [InlineData("?precision=s", "1763719200")]
    [InlineData("?precision=m", "29395320")]
    [InlineData("?precision=auto", "1763719200000")]
    // One of today among old ones: the precision is right.
    [InlineData("?precision=s", "1763719200\ninflux.new value=2 700000000")]
    // In no precision a time of today.
    [InlineData("?precision=s", "12")]
    public async Task Write_TimesAsTheyAreMeant_SaysNothing(string query, string time)
    {
        using var response = await _client.PostAsync("/write" + query, new StringContent($"influx.new value=1 {time}\n"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.False(response.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task Write_Gzip_IsUndone()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write("influx.gzip value=1"u8);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using var response = await _client.PostAsync("/api/v2/write", content);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Write_BadLine_Is400AndTheGoodAreKept()
    {
        using var response = await _client.PostAsync("/write", new StringContent("influx.partial value=1\ninflux.partial value=x\n"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("partial write", problem.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid", problem.RootElement.GetProperty("code").GetString());
        Assert.Contains("line 2", problem.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"value\":1", await _client.GetStringAsync("/api/points?series=influx.partial"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_UnknownPrecision_Is400()
    {
        using var response = await _client.PostAsync("/write?precision=days", new StringContent("m f=1"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Ping_Asked_Is204()
    {
        using var response = await _client.GetAsync("/ping");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(response.Headers.Contains("X-Influxdb-Version"));
    }

    [Fact]
    public async Task Sources_AfterPosts_AreExact()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/points")
        {
            Content = new StringContent("{\"series\":\"src\",\"value\":1}\n{\"series\":\"src\"}\n", Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Add("X-Source", "sources-test");
        using var posted = await _client.SendAsync(request);
        using var answer = JsonDocument.Parse(await _client.GetStringAsync("/api/sources"));
        var source = answer.RootElement.GetProperty("sources").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "sources-test");
        Assert.Equal("http", source.GetProperty("kind").GetString());
        Assert.Equal((2, 1, 0), (source.GetProperty("offered").GetInt32(), source.GetProperty("accepted").GetInt32(), source.GetProperty("waiting").GetInt32()));
        Assert.Equal("""{"missing_field":1}""", source.GetProperty("rejected").GetRawText());
        Assert.Equal("{}", source.GetProperty("dropped").GetRawText());
        Assert.Equal("The field 'value' is missing.", source.GetProperty("lastError").GetString());
        Assert.True(answer.RootElement.GetProperty("queueCapacity").GetInt64() > 0);
    }
}
