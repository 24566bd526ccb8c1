using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>InfluxDB's own clients, from their start-up calls on: Debian's python3-influxdb for 1.x, InfluxDB.Client for 2.x, InfluxDB3.Client for 3.x.</summary>
public sealed class InfluxClientTests
{
    [Fact]
    public async Task ClientOfVersion2_FromItsStartToItsWrite_Works()
    {
        await using var app = await LiveApp.StartAsync();
        using var client = new InfluxDB.Client.InfluxDBClient(app.Address.ToString(), "any token");
        Assert.True(await client.PingAsync());
        Assert.Equal("1.8.10-livedash", await client.VersionAsync());
        Assert.NotEmpty(await client.GetBucketsApi().FindBucketsAsync());
        await client.GetWriteApiAsync().WriteRecordAsync("v2,host=a load=1.5", InfluxDB.Client.Api.Domain.WritePrecision.Ns, "bucket", "org");
        await SourceCalls.StoredAsync(app, "v2.load{host=a}", "1.5");
    }

    [Fact]
    public async Task ClientOfVersion3_FromItsStartToItsWrite_Works()
    {
        await using var app = await LiveApp.StartAsync();
        using var client = new InfluxDB3.Client.InfluxDBClient(app.Address.ToString(), token: "any token", database: "mine");
        Assert.Equal("1.8.10-livedash", await client.GetServerVersion());
        await client.WritePointAsync(InfluxDB3.Client.Write.PointData.Measurement("v3").SetTag("host", "a").SetField("load", 2.5));
        await SourceCalls.StoredAsync(app, "v3.load{host=a}", "2.5");
    }

    [Fact]
    public async Task Write_ByTheRouteOfVersion3_TakesItsNamesOfPrecision()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (precision, time) in new[] { ("second", "1767225600"), ("millisecond", "1767225600000"), ("nanosecond", "1767225600000000000"), ("auto", "1767225600000000") })
        {
            using var body = new StringContent($"v3lp {precision}=1 {time}");
            using var answer = await app.Client.PostAsync(new Uri("/api/v3/write_lp?db=x&precision=" + precision, UriKind.Relative), body);
            Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Contains("2026-01-01T00:00:00", await app.GetAsync("/api/points?series=v3lp." + precision), StringComparison.Ordinal);
        }
    }

    [ToolFact("python3")]
    public async Task PythonClient_FromItsStartToItsQuestion_Works()
    {
        await using var app = await LiveApp.StartAsync();
        var said = await Tool.RunAsync("python3", "-c", $"""
            from influxdb import InfluxDBClient
            c = InfluxDBClient(host='127.0.0.1', port={app.Address.Port}, database='mine')
            print('ping', c.ping())
            c.create_database('mine')
            print('databases', [d['name'] for d in c.get_list_database()])
            print('written', c.write_points([
                dict(measurement='cpu', tags=dict(host='a'), time='2026-01-01T00:00:00Z', fields=dict(load=1.5, idle=90)),
                dict(measurement='cpu', tags=dict(host='b'), time='2026-01-01T00:00:01Z', fields=dict(load=2.5))]))
            print('rows', list(c.query("SELECT load, host FROM cpu WHERE host = 'a'").get_points()))
            print('mean', list(c.query('SELECT mean("load") FROM "cpu"').get_points())[0]['mean'])
            print('last', list(c.query('SELECT * FROM cpu ORDER BY time DESC LIMIT 1').get_points()))
            print('measurements', [m['name'] for m in c.get_list_measurements()])
            """);
        Assert.Contains("ping 1.8.10-livedash", said, StringComparison.Ordinal);
        Assert.Contains("databases ['livedash', 'mine']", said, StringComparison.Ordinal);
        Assert.Contains("written True", said, StringComparison.Ordinal);
        Assert.Contains("rows [{'time': '2026-01-01T00:00:00Z', 'load': 1.5, 'host': 'a'}]", said, StringComparison.Ordinal);
        Assert.Contains("mean 2", said, StringComparison.Ordinal);
        Assert.Contains("'host': 'b'", said, StringComparison.Ordinal);
        Assert.Contains("measurements ['cpu']", said, StringComparison.Ordinal);
    }
}
