using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Clients of npm: InfluxDB's own, and two of StatsD, one of them with DogStatsD's tags.</summary>
public sealed class NpmClientTests
{
    [ClientFact]
    public async Task Influx_NpmClient_Writes()
    {
        await using var app = await LiveApp.StartAsync();
        Assert.Contains("written", await Tool.RunAsync("node", Path.Combine(ClientFactAttribute.Folder, "influx.mjs"), app.Address.ToString().TrimEnd('/')), StringComparison.Ordinal);
        await SourceCalls.StoredAsync(app, "npm.load{host=a b,region=eu}", "1.5");
        await SourceCalls.StoredAsync(app, "npm.jobs{host=a b,region=eu}", "3");
        await SourceCalls.StoredAsync(app, "npm.up{host=a b,region=eu}", "1");
        // The API writes quotes by their numbers.
        await SourceCalls.StoredAsync(app, "npm.state{host=a b,region=eu}", "\"say \\u0022hello\\u0022\"");
    }

    [ClientFact]
    public async Task Statsd_NpmClients_ArriveByUdpAndTcp()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Statsd)}:Endpoint=127.0.0.1:0"]);
        Assert.Contains("sent", await Tool.RunAsync("node", Path.Combine(ClientFactAttribute.Folder, "statsd.mjs"), $"{app.Listener(ListenerSpec.Statsd).Port}"), StringComparison.Ordinal);
        foreach (var (series, value) in new[]
        {
            ("hot.orders{host=a}", "3"), ("hot.queue{host=a}", "7"), ("hot.latency.max{host=a}", "20"), ("hot.users{host=a}", "1"), ("hot.sizes.max{host=a}", "5"),
            ("plain.orders", "1"), ("plain.queue", "9"), ("plain.latency.max", "30"),
        })
        {
            await SourceCalls.StoredAsync(app, series, value);
        }
    }
}
