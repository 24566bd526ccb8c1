using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's python3-influxdb, the client of InfluxDB 1.x, from its start-up calls to its questions.</summary>
public sealed class InfluxClientTests
{
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
