using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public class PointsQueryTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const string Square = """{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,3],[0,0]]]}""";
    private readonly HttpClient _client = fixture.App.Client;

    [Fact]
    public async Task Query_Square_PointsWithinAndOnEdges()
    {
        await SendGridAsync("query.square");

        var lines = await LinesAsync("series=query.square&fields=pt", Square);

        Assert.Equal(16, lines.Length);
        Assert.All(lines, l => Assert.True(l.GetProperty("pt")[0].GetDouble() <= 3 && l.GetProperty("pt")[1].GetDouble() <= 3));
    }

    [Fact]
    public async Task Query_HoleLimitOrderAndBox_Combined()
    {
        await SendGridAsync("query.hole");
        const string Body = """{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1.5,1.5],[7.5,1.5],[7.5,7.5],[1.5,7.5],[1.5,1.5]]]}""";

        Assert.Equal(64, (await LinesAsync("series=query.hole", Body)).Length);
        Assert.Equal(5, (await LinesAsync("series=query.hole&limit=5", Body)).Length);
        Assert.Equal(20, (await LinesAsync("series=query.hole&bbox=0,0,1,9", Body)).Length);
        Assert.Empty(await LinesAsync("series=query.hole&bbox=20,20,30,30", Body));
        var newest = (await LinesAsync("series=query.hole&limit=1&order=desc", Body))[0];
        Assert.Equal(9, newest.GetProperty("pt")[0].GetDouble());
    }

    // A point a second from 2020 on, its value counting up: the triangle over the first ten seconds holds those whose value is not above the second.
    [Theory]
    [InlineData("", 55)]
    [InlineData("&from=2020-01-01T00:00:05Z", 40)]
    [InlineData("&to=2020-01-01T00:00:05Z", 15)]
    [InlineData("&limit=7", 7)]
    [InlineData("&bbox=0,0,3,3", 20)]
    public async Task Query_TimeValuePlane_CountsByTimeAndValue(string filter, int expected)
    {
        var series = "query.plane" + expected;
        // Ten values a second, half of them without a location.
        var lines = Enumerable.Range(0, 100).Select(i => $$"""{"series":"{{series}}","t":"2020-01-01T00:00:0{{i / 10}}Z","value":{{i % 10}}{{(i % 2 == 0 ? "" : $",\"pt\":[{i / 10},{i % 10}]")}}}""");
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/api/points", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"))).StatusCode);
        const double Start = 1_577_836_800_000;
        var triangle = string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"type":"Polygon","coordinates":[[[{{Start}},0],[{{Start + 9000}},0],[{{Start + 9000}},9]]]}""");

        var found = await LinesAsync($"series={series}&plane=time-value{filter}", triangle);

        var box = filter.Contains("bbox", StringComparison.Ordinal);
        Assert.Equal(box ? 4 : expected, found.Length);
        Assert.All(found, static line => Assert.True(line.GetProperty("value").GetDouble() <= line.GetProperty("t").GetDateTime().Second));
    }

    [Theory]
    [InlineData("[[0,0],[1e90,0],[0,1e90]]", 100)]
    [InlineData("[[-1e90,-1],[-1e80,-1],[-1e80,1]]", 0)]
    public async Task Query_TimeValuePlaneFarAway_NoFault(string ring, int expected)
    {
        await SendGridAsync("query.far");
        Assert.Equal(expected, (await LinesAsync("series=query.far&plane=time-value", $$"""{"type":"Polygon","coordinates":[{{ring}}]}""")).Length);
    }

    [Fact]
    public async Task Query_Csv_HeaderAndRows()
    {
        await SendGridAsync("query.csv");
        var answer = await PostAsync("series=query.csv&format=csv&fields=pt", Square);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(17, (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Query_AsCurlSendsIt_Answered()
    {
        await SendGridAsync("query.curl");
        var answer = await _client.PostAsync("/api/points/query?series=query.curl", new StringContent(Square, Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Query_CrossingShape_400NamesThePlace()
    {
        var answer = await PostAsync("", """{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,0],[0,10],[0,0]]]}""");

        var problem = await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "bad_geometry");
        Assert.Contains("(5, 5)", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_BadParameterOrBody_400()
    {
        await ProblemAssert.NamesParameterAsync(await PostAsync("limit=-1", Square), "limit");
        await ProblemAssert.NamesParameterAsync(await PostAsync("after=7", Square), "after");
        await ProblemAssert.NamesParameterAsync(await PostAsync("plane=sky", Square), "plane");
        await ProblemAssert.NamesParameterAsync(await PostAsync("bbox=NaN,0,1,1", Square), "bbox");
        await ProblemAssert.IsAsync(await PostAsync("", "{"), HttpStatusCode.BadRequest, "bad_json");
    }

    [Fact]
    public async Task Query_LongBody_413() =>
        await ProblemAssert.IsAsync(await PostAsync("", new string(' ', (1024 * 1024) + 1) + Square), HttpStatusCode.RequestEntityTooLarge, "too_large");

    private async Task SendGridAsync(string series)
    {
        var lines = Enumerable.Range(0, 100).Select(i => $$"""{"series":"{{series}}","t":"2020-01-01T00:{{i / 60:00}}:{{i % 60:00}}Z","value":{{i}},"pt":[{{i / 10}},{{i % 10}}]}""");
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/api/points", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"))).StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string query, string body) =>
        _client.PostAsync("/api/points/query?" + query, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonElement[]> LinesAsync(string query, string body)
    {
        var answer = await PostAsync(query, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }
}
