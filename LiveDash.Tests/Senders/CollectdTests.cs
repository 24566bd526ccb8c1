using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's collectd, with its plugin write_graphite.</summary>
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
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/series")).Contains("collectd-host.load.load.shortterm", StringComparison.Ordinal), "collectd's load arrives: " + collectd.Said);
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
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/series")).Contains("load.shortterm{host=collectd-host}", StringComparison.Ordinal), "collectd's load arrives");
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
            """);
        return Tool.Start("collectd", ["-f", "-C", configuration], directory.Path);
    }
}
