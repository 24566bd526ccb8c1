using System.Net;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public sealed class PointReadTests(PointReadFixture fixture) : IClassFixture<PointReadFixture>
{
    private const string Coords0 = """{"id":1,"series":"coords","t":"2026-11-21T09:30:00.000Z","value":0,"pt":[1,2]}""";
    private const string Coords1 = """{"id":2,"series":"coords","t":"2026-11-21T09:30:01.000Z","value":0,"pt":[3.5,-4.25]}""";
    private const string Coords2 = """{"id":3,"series":"coords","t":"2026-11-21T09:30:02.000Z","value":7}""";

    [Fact]
    public async Task Read_OneSeries_GivesItsLinesOldestFirst() =>
        Assert.Equal([Coords0, Coords1, Coords2], await LinesAsync("series=coords"));

    [Theory]
    [InlineData("series=coords&order=desc", "3,2,1")]
    [InlineData("series=coords&order=asc", "1,2,3")]
    [InlineData("series=coords&limit=2", "1,2")]
    [InlineData("series=coords&limit=1&order=desc", "3")]
    [InlineData("", "1,4,2,5,3,6,7,8")]
    [InlineData("series=*", "1,4,2,5,3,6,7,8")]
    [InlineData("series=cpu.*", "4,5,6,7")]
    [InlineData("series=cpu.load", "")]
    [InlineData("series=no.such", "")]
    [InlineData("series=cpu.load{host=web*}", "4,5")]
    [InlineData("series=cpu.load{host=web1}", "4")]
    [InlineData("series=cpu.load{host=web2,zone=a}", "5")]
    [InlineData("series=cpu.load&tag=host=web*", "4,5")]
    [InlineData("tag=host=web*&tag=zone=?", "5")]
    [InlineData("series=cpu.idle&series=coords&limit=4", "1,2,3,7")]
    [InlineData("series=cpu.idle,cpu.load{host=web2,zone=a}", "5,7")]
    [InlineData("series=coords&from=2026-11-21T09:30:01Z", "2,3")]
    [InlineData("series=coords&to=2026-11-21T09:30:01Z", "1")]
    [InlineData("series=coords&from=2026-11-21T09:30:01Z&to=2026-11-21T09:30:01Z", "")]
    [InlineData("series=coords&from=1795253401000", "2,3")]
    [InlineData("series=coords&from=2026&to=2027", "1,2,3")]
    [InlineData("series=coords&from=now", "")]
    [InlineData("series=coords&bbox=0,0,2,2", "1")]
    [InlineData("series=coords&bbox=-10,-10,10,10", "1,2")]
    [InlineData("bbox=3.5,-4.25,3.5,-4.25", "2")]
    [InlineData("series=coords&after=1", "2,3")]
    [InlineData("series=coords&after=2&order=desc", "1")]
    [InlineData("series=coords&after=1&limit=1", "2")]
    [InlineData("series=coords&after=2026-11-21T09:30:01Z,2", "3")]
    [InlineData("series=coords&after=3", "")]
    [InlineData("series=coords&arrivedAfter=0", "1,2,3")]
    [InlineData("series=coords&arrivedAfter=2", "3")]
    [InlineData("arrivedAfter=3&order=desc", "8,7,6,5,4")]
    [InlineData("arrivedAfter=3&after=5", "6,7,8")]
    [InlineData("arrivedAfter=4711", "")]
    public async Task Read_Filtered_GivesTheChosenIds(string query, string ids)
    {
        var lines = await LinesAsync(query + "&fields=id");

        Assert.Equal(ids, string.Join(',', lines.Select(static line => line[6..^1])));
    }

    [Theory]
    [InlineData("fields=pt,id", """{"pt":[1,2],"id":1}""")]
    [InlineData("fields=value", """{"value":0}""")]
    [InlineData("fields=t,SERIES", """{"t":"2026-11-21T09:30:00.000Z","series":"coords"}""")]
    [InlineData("fields=tags", "{}")]
    public async Task Read_Fields_AreGivenInTheOrderAsked(string fields, string line) =>
        Assert.Equal(line, (await LinesAsync("series=coords&limit=1&" + fields))[0]);

    [Fact]
    public async Task Read_Tags_AreGivenAsTheyArePosted() =>
        Assert.Equal(
            """{"id":5,"series":"cpu.load","tags":{"host":"web2","zone":"a"},"t":"2026-11-21T09:30:01.000Z","value":1.5}""",
            Assert.Single(await LinesAsync("series=cpu.load{host=web2,zone=a}")));

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=11/12/2026", "from")]
    [InlineData("to=x", "to")]
    [InlineData("from=2027&to=2026", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("bbox=1,2,3,x", "bbox")]
    [InlineData("bbox=3,0,1,1", "bbox")]
    [InlineData("bbox=0,0,1,NaN", "bbox")]
    [InlineData("bbox=0,0,1,Infinity", "bbox")]
    [InlineData("fields=id,colour", "fields")]
    [InlineData("fields=id,id", "fields")]
    [InlineData("fields=", "fields")]
    [InlineData("fields=0", "fields")]
    [InlineData("after=x", "after")]
    [InlineData("after=4711", "after")]
    [InlineData("after=soon,1", "after")]
    [InlineData("arrivedAfter=-1", "arrivedAfter")]
    [InlineData("arrivedAfter=x", "arrivedAfter")]
    [InlineData("series=cpu{host", "series")]
    [InlineData("series={host=a}", "series")]
    [InlineData("tag=host", "tag")]
    [InlineData("format=xml", "format")]
    public async Task Read_BadParameter_IsNamed(string query, string parameter)
    {
        using var answer = await GetAsync("/api/points?" + query);

        await ProblemAssert.NamesParameterAsync(answer, parameter);
    }

    [Theory]
    [InlineData(null, "application/x-ndjson")]
    [InlineData("*/*", "application/x-ndjson")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/json", "application/x-ndjson")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/csv, application/x-ndjson;q=0.5", "text/csv")]
    public async Task Read_Accept_ChoosesTheFormat(string? accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/points?limit=1");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Read_Csv_IsSafeForSpreadsheets()
    {
        var text = await fixture.App.Client.GetStringAsync(new Uri("/api/points?format=csv&limit=8&order=desc", UriKind.Relative));

        Assert.Equal(
            [
                "id,series,tags,t,value,x,y",
                "8,'=cmd|'x'!A1,,2026-11-21T09:30:04.000Z,1,,",
                "7,cpu.idle,,2026-11-21T09:30:03.000Z,97,,",
                "6,cpu.load,host=db1,2026-11-21T09:30:02.000Z,2.5,,",
                "3,coords,,2026-11-21T09:30:02.000Z,7,,",
                "5,cpu.load,host=web2;zone=a,2026-11-21T09:30:01.000Z,1.5,,",
                "2,coords,,2026-11-21T09:30:01.000Z,0,3.5,-4.25",
                "4,cpu.load,host=web1,2026-11-21T09:30:00.000Z,0.5,,",
                "1,coords,,2026-11-21T09:30:00.000Z,0,1,2",
                "",
            ],
            text.Split("\r\n"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Read_EncodingAsked_IsPressed(string encoding)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = fixture.App.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", encoding);

        using var answer = await client.GetAsync(new Uri("/api/points", UriKind.Relative));

        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var raw = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br"
            ? new System.IO.Compression.BrotliStream(raw, System.IO.Compression.CompressionMode.Decompress)
            : new System.IO.Compression.GZipStream(raw, System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(8, (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task GetPoints_Asked_GivesTheLocatedPointsOfCoords()
    {
        var text = await fixture.App.Client.GetStringAsync(new Uri("/get_points", UriKind.Relative));

        Assert.Equal("""
            {"pt":[1,2],"id":1}
            {"pt":[3.5,-4.25],"id":2}

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public async Task Series_Asked_GivesCountFirstLastRate()
    {
        var text = await fixture.App.Client.GetStringAsync(new Uri("/api/series?series=coords&series=cpu.load{zone=a,host=*}", UriKind.Relative));

        Assert.Equal(
            """[{"key":"coords","series":"coords","count":3,"first":"2026-11-21T09:30:00Z","last":"2026-11-21T09:30:02Z","rate":1},"""
            + """{"key":"cpu.load{host=web2,zone=a}","series":"cpu.load","tags":{"host":"web2","zone":"a"},"count":1,"first":"2026-11-21T09:30:01Z","last":"2026-11-21T09:30:01Z","rate":0}]""",
            text);
    }

    [Fact]
    public async Task Series_BadPattern_IsNamed()
    {
        using var answer = await GetAsync("/api/series?series=a{b");

        await ProblemAssert.NamesParameterAsync(answer, "series");
    }

    private async Task<string[]> LinesAsync(string query)
    {
        using var answer = await GetAsync("/api/points?" + query);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => fixture.App.Client.GetAsync(new Uri(path, UriKind.Relative));
}
