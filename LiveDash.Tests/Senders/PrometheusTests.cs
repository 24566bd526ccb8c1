using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's prometheus, which writes what it scrapes from itself.</summary>
public sealed class PrometheusTests
{
    [ToolFact("prometheus")]
    public async Task RemoteWrite_OfATruePrometheus_Arrives()
    {
        await using var app = await LiveApp.StartAsync();
        using var directory = new TempDirectory();
        var port = Tool.FreePort();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "prometheus.yml"), $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: itself
                static_configs:
                  - targets: ["127.0.0.1:{port}"]
            remote_write:
              - url: {app.Address}api/v1/write
                queue_config:
                  batch_send_deadline: 1s
            """);
        await using var prometheus = Tool.Start("prometheus", [$"--config.file={directory.Path}/prometheus.yml", $"--storage.tsdb.path={directory.Path}/data", $"--web.listen-address=127.0.0.1:{port}"]);
        await prometheus.ListensAsync(port);
        await Wait.UntilAsync(
            async () => (await app.Client.GetStringAsync(new Uri($"/api/points?series=up%7Binstance=127.0.0.1:{port},job=itself%7D", UriKind.Relative))).Contains("\"value\":1", StringComparison.Ordinal), "up arrives");
        var source = System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/sources")).RootElement.GetProperty("sources").EnumerateArray().Single(static one => one.GetProperty("kind").GetString() == "prometheus");
        Assert.True(source.GetProperty("accepted").GetInt64() > 100, source.ToString());
    }
}
