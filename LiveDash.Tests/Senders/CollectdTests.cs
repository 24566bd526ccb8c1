using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's collectd, with its plugins write_graphite, write_http and network.</summary>
public sealed class CollectdTests
{
    [ToolFact("collectd")]
    public async Task WriteGraphite_OfATrueCollectd_Arrives()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Graphite)}:Endpoint=127.0.0.1:0"]);
        using var directory = new TempDirectory();
        var port = app.Listener(ListenerSpec.Graphite).Port;
        await using var collectd = Start(directory, $"""
            LoadPlugin write_graphite
            <Plugin write_graphite>
              <Node "livedash">
                Host "127.0.0.1"
                Port "{port}"
                Protocol "tcp"
              </Node>
            </Plugin>
            """);
        await ArrivesAsync(app, collectd, "collectd-host.load.load.shortterm");
    }

    [ToolFact("collectd")]
    public async Task WriteHttp_OfATrueCollectd_Arrives()
    {
        await using var app = await LiveApp.StartAsync();
        using var directory = new TempDirectory();
        await using var collectd = Start(directory, $"""
            LoadPlugin write_http
            <Plugin write_http>
              <Node "livedash">
                URL "{app.Address}collectd"
                Format "JSON"
                BufferSize 1024
              </Node>
            </Plugin>
            """);
        await ArrivesAsync(app, collectd, "load.shortterm{host=collectd-host}");
    }

    [ToolFact("collectd")]
    public async Task Network_OfATrueCollectd_ArrivesInItsBinaryProtocol()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Collectd)}:Endpoint=127.0.0.1:0"]);
        using var directory = new TempDirectory();
        await using var collectd = Start(directory, $"""
            LoadPlugin network
            <Plugin network>
              Server "127.0.0.1" "{app.Listener(ListenerSpec.Collectd).Port}"
            </Plugin>
            """);
        await ArrivesAsync(app, collectd, "load.shortterm{host=collectd-host}");
    }

    private static async Task ArrivesAsync(LiveApp app, Tool collectd, string series)
    {
        try
        {
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/series")).Contains(series, StringComparison.Ordinal), series + " arrives", TimeSpan.FromMinutes(1));
        }
        catch (Xunit.Sdk.XunitException e)
        {
            Assert.Fail($"{e.Message} {collectd.Said} {await app.GetAsync("/api/sources")}");
        }
    }

    /// <summary>Starts collectd with its load every second and a plugin that writes it.</summary>
    internal static Tool Start(TempDirectory directory, string writer)
    {
        var configuration = Path.Combine(directory.Path, "collectd.conf");
        File.WriteAllText(configuration, $"""
            Hostname "collectd-host"
            FQDNLookup false
            BaseDir "{directory.Path}"
            PIDFile "{directory.Path}/collectd.pid"
            TypesDB "/usr/share/collectd/types.db"
            Interval 0.2
            LoadPlugin load
            {writer}
            """ + "\n");
        return Tool.Start("collectd", ["-f", "-C", configuration], directory.Path);
    }
}
