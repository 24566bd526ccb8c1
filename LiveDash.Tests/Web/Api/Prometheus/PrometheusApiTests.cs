using System.Net;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api.Prometheus;

/// <summary>Requests as Grafana's Prometheus data source and promtool send them, and the answers they read.</summary>
public sealed class PrometheusApiTests(PrometheusApiFixture fixture) : IClassFixture<PrometheusApiFixture>
{
    private const long End = PrometheusApiFixture.End;

    [Theory]
    [InlineData("query?query=sum(http_requests_total)&time=1790000040", """{"resultType":"vector","result":[{"metric":{},"value":[1790000040,"10800"]}]}""")]
    [InlineData("query?query=1%2B1&time=1790000040.5", """{"resultType":"scalar","result":[1790000040.500,"2"]}""")]
    [InlineData("query?query=%22a%20b%22&time=2026-09-21T14:14:00Z", """{"resultType":"string","result":[1790000040,"a b"]}""")]
    [InlineData("query?query=http_requests_total%7Binstance%3D%22a%22%7D%5B30s%5D&time=1790000040", """{"resultType":"matrix","result":[{"metric":{"__name__":"http_requests_total","instance":"a","job":"api"},"values":[[1790000025,"7170"],[1790000040,"7200"]]}]}""")]
    [InlineData("query?query=cpu.load&time=1790000040", """{"resultType":"vector","result":[{"metric":{"__name__":"cpu.load","host":"web1"},"value":[1790000040,"0.000001"]}]}""")]
    [InlineData("query?query=%7B%22cpu.load%22%7D%2F0&time=1790000040", """{"resultType":"vector","result":[{"metric":{"host":"web1"},"value":[1790000040,"+Inf"]}]}""")]
    [InlineData("query_range?query=sum%20by%20(job)%20(http_requests_total)&start=1790000010&end=1790000040&step=15", """{"resultType":"matrix","result":[{"metric":{"job":"api"},"values":[[1790000010,"10710"],[1790000025,"10755"],[1790000040,"10800"]]}]}""")]
    [InlineData("query_range?query=vector(1)&start=1790000010&end=1790000040&step=30s", """{"resultType":"matrix","result":[{"metric":{},"values":[[1790000010,"1"],[1790000040,"1"]]}]}""")]
    [InlineData("labels", """["__name__","host","instance","job"]""")]
    [InlineData("labels?match%5B%5D=cpu.load", """["__name__","host"]""")]
    [InlineData("label/__name__/values", """["cpu.load","http_requests_total"]""")]
    [InlineData("label/__name__/values?start=1&end=2", "[]")]
    [InlineData("label/instance/values?match%5B%5D=%7Bjob%3D~%22a.%2B%22%7D&start=1789990000&end=1790000040", """["a","b"]""")]
    [InlineData("series?match%5B%5D=cpu.load", """[{"__name__":"cpu.load","host":"web1"}]""")]
    [InlineData("metadata?metric=http_requests_total", """{"http_requests_total":[{"type":"counter","help":"","unit":""}]}""")]
    [InlineData("alerts", """{"alerts":[]}""")]
    public async Task Get_Request_AnswersInPrometheusShape(string path, string data)
    {
        foreach (var prefix in new[] { "/api/v1/", "/prometheus/api/v1/" })
        {
            Assert.Equal("{\"status\":\"success\",\"data\":" + data + "}", await fixture.App.GetAsync(prefix + path));
        }
    }

    [Theory]
    [InlineData("query", "query=http_requests_total{instance=\"a\"}&time=1790000040", "\"7200\"")]
    [InlineData("query_range", "query=count(http_requests_total)&start=1790000025&end=1790000040&step=15", "[[1790000025,\"2\"],[1790000040,\"2\"]]")]
    [InlineData("series", "match[]=cpu.load&match[]=http_requests_total", "\"instance\":\"b\"")]
    [InlineData("labels", "match[]=http_requests_total", """["__name__","instance","job"]""")]
    public async Task Post_Form_AnswersAsByGet(string path, string form, string part)
    {
        var pairs = form.Split('&').Select(static pair => new KeyValuePair<string, string>(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        using var body = new FormUrlEncodedContent(pairs);
        using var answer = await fixture.App.Client.PostAsync(new Uri("/api/v1/" + path, UriKind.Relative), body);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query?query=sum(", 400, "bad_data", "invalid parameter \"query\": 1:")]
    [InlineData("query", 400, "bad_data", "invalid parameter \"query\": ")]
    [InlineData("query?query=up&time=yesterday", 400, "bad_data", "invalid parameter \"time\": cannot parse \"yesterday\" to a valid timestamp")]
    [InlineData("query?query=up&timeout=soon", 400, "bad_data", "invalid parameter \"timeout\": cannot parse \"soon\" to a valid duration")]
    [InlineData("query_range?query=up&start=2&end=1&step=1", 400, "bad_data", "invalid parameter \"end\": end timestamp must not be before start time")]
    [InlineData("query_range?query=up&start=1&end=2&step=0", 400, "bad_data", "invalid parameter \"step\": zero or negative query resolution step widths are not accepted")]
    [InlineData("query_range?query=up&start=0&end=20000&step=1", 400, "bad_data", "exceeded maximum resolution of 11,000 points per timeseries")]
    [InlineData("query_range?query=up%5B5m%5D&start=1&end=2&step=1", 400, "bad_data", "invalid expression type \"range vector\" for range query")]
    [InlineData("series", 400, "bad_data", "no match[] parameter provided")]
    [InlineData("series?match%5B%5D=1", 400, "bad_data", "invalid parameter \"match[]\"")]
    [InlineData("query?query=http_requests_total*on(job)http_requests_total&time=1790000040", 422, "execution", "many-to-many")]
    public async Task Get_BadRequest_AnswersPrometheusError(string path, int status, string kind, string words)
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative));
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, "error", kind), ((int)answer.StatusCode, error.GetProperty("status").GetString(), error.GetProperty("errorType").GetString()));
        Assert.Contains(words, error.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_Limit_CutsWithAWarning()
    {
        var answer = JsonDocument.Parse(await fixture.App.GetAsync($"/api/v1/query?query=http_requests_total&time={End}&limit=1")).RootElement;
        Assert.Equal(1, answer.GetProperty("data").GetProperty("result").GetArrayLength());
        Assert.Equal("results truncated due to limit", answer.GetProperty("warnings")[0].GetString());
    }

    [Fact]
    public async Task BuildInfo_Version_IsOneGrafanaReads() =>
        Assert.Matches("^3\\.\\d+\\.\\d+$", JsonDocument.Parse(await fixture.App.GetAsync("/api/v1/status/buildinfo")).RootElement.GetProperty("data").GetProperty("version").GetString());

    [Fact]
    public async Task Rules_Filters_ChooseByKind()
    {
        var all = JsonDocument.Parse(await fixture.App.GetAsync("/api/v1/rules?type=alert")).RootElement.GetProperty("data").GetProperty("groups");
        var rule = all[0].GetProperty("rules")[0];
        Assert.Equal(("alerting", "inactive", "ok"), (rule.GetProperty("type").GetString(), rule.GetProperty("state").GetString(), rule.GetProperty("health").GetString()));
        Assert.Equal(0, JsonDocument.Parse(await fixture.App.GetAsync("/api/v1/rules?type=record")).RootElement.GetProperty("data").GetProperty("groups").GetArrayLength());
    }

    [Theory]
    [InlineData("U__cpu_2e_load", "cpu.load")]
    [InlineData("U__a__b", "a_b")]
    [InlineData("U__a_zz_", "U__a_zz_")]
    [InlineData("plain", "plain")]
    public void EscapedName_Read_IsTheName(string text, string name) => Assert.Equal(name, LiveDash.Web.Api.Prometheus.EscapedName.Read(text));

    [Theory]
    [InlineData(1, "1e+00")]
    [InlineData(0.25, "2.5e-01")]
    [InlineData(-1234.5, "-1.2345e+03")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1e23, "1e+23")]
    [InlineData(0.00012, "1.2e-04")]
    [InlineData(0, "0e+00")]
    public void Exponent_OfAnAlertsValue_IsAsGoWritesIt(double value, string text) => Assert.Equal(text, LiveDash.Web.Api.Prometheus.PrometheusNumbers.Exponent(value));

    [Fact]
    public async Task OwnQuery_Instant_TellsSeriesAndUse()
    {
        var answer = JsonDocument.Parse(await fixture.App.GetAsync($"/api/query?expr=cpu.load*2&at={End * 1000}")).RootElement;
        Assert.Equal("vector", answer.GetProperty("kind").GetString());
        Assert.Equal(0.000002, answer.GetProperty("series")[0].GetProperty("points")[0][1].GetDouble());
        Assert.Equal(1, answer.GetProperty("use").GetProperty("series").GetInt32());
    }

    [Theory]
    [InlineData("ndjson", "{\"series\":\"{host=\\u0022web1\\u0022}\",\"labels\":{\"host\":\"web1\"},\"t\":\"2026-09-21T14:14:00Z\",\"value\":2E-06}")]
    [InlineData("csv", "2026-09-21T14:14:00Z,\"{host=\"\"web1\"\"}\",0.000002")]
    public async Task OwnQuery_Range_WritesLines(string format, string line) =>
        Assert.Contains(line, await fixture.App.GetAsync($"/api/query/range?expr=cpu.load*2&from={(End - 60) * 1000}&to={End * 1000}&step=15s&format={format}"), StringComparison.Ordinal);

    [Fact]
    public async Task OwnQuery_RangeAsArrow_IsRead()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri($"/api/query/range?expr=http_requests_total&from={(End - 30) * 1000}&to={End * 1000}&step=15s&format=arrow", UriKind.Relative));
        using var reader = new Apache.Arrow.Ipc.ArrowStreamReader(await answer.Content.ReadAsStreamAsync());
        using var batch = await reader.ReadNextRecordBatchAsync();
        Assert.Equal([7140d, 7170, 7200], ((Apache.Arrow.DoubleArray)batch.Column("value")).Values.ToArray());
    }

    [Fact]
    public async Task OwnQuery_Fault_TellsItsPlace()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/query?expr=sum(up%20up)", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(7, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("position").GetInt32());
    }

    [Fact]
    public async Task Stream_OfAnExpression_TellsItsAnswerAndEachChange()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/stream?expr=sum(streamed.value)&maxRate=100", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await ReadUntilAsync(reader, "\"series\":[]");
        await fixture.App.PostAsync("""{"series":"streamed.value","tags":{"host":"a"},"value":40}""", """{"series":"streamed.value","tags":{"host":"b"},"value":2}""");
        await ReadUntilAsync(reader, ",42]");
    }

    [Fact]
    public async Task Stream_OfAFaultyExpression_IsRefusedWithItsPlace()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/stream?expr=sum(", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(4, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("position").GetInt32());
    }

    private static async Task ReadUntilAsync(StreamReader reader, string part)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"The stream ended before {part}.");
    }

    [ToolFact("promtool")]
    public async Task Promtool_QueriesOfEachKind_ReadTheAnswers()
    {
        var server = fixture.App.Address.ToString().TrimEnd('/');
        Assert.Contains("=> 7200 @[1790000040]", await Tool.RunAsync("promtool", "query", "instant", $"--time={End}", server, "http_requests_total{instance='a'}"), StringComparison.Ordinal);
        Assert.Contains("10800 @[1790000040]", await Tool.RunAsync("promtool", "query", "range", $"--start={End - 60}", $"--end={End}", "--step=15s", server + "/prometheus", "sum(http_requests_total)"), StringComparison.Ordinal);
        Assert.Contains("instance=\"b\"", await Tool.RunAsync("promtool", "query", "series", "--match=http_requests_total", $"--start={End - 60}", $"--end={End}", server), StringComparison.Ordinal);
        Assert.Contains("web1", await Tool.RunAsync("promtool", "query", "labels", server, "host"), StringComparison.Ordinal);
    }
}
