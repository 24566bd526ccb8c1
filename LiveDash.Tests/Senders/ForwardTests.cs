using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Points handed on: to Debian's influxdb, to another LiveDash, to mosquitto; and receivers that are away.</summary>
public sealed class ForwardTests
{
    [ToolFact("influxd")]
    public async Task Influx_OfDebian_TakesWhatIsHandedOn()
    {
        var (port, rpc) = (Tool.FreePort(), Tool.FreePort());
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "i.conf"), $"""
            bind-address = "127.0.0.1:{rpc}"
            reporting-disabled = true
            [meta]
              dir = "{directory.Path}/meta"
            [data]
              dir = "{directory.Path}/data"
              wal-dir = "{directory.Path}/wal"
            [http]
              bind-address = "127.0.0.1:{port}"
            """);
        await using var influx = Tool.Start("influxd", ["-config", Path.Combine(directory.Path, "i.conf")]);
        await influx.ListensAsync(port);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using (await client.PostAsync(new Uri("/query?q=CREATE%20DATABASE%20livedash", UriKind.Relative), null))
        {
            await using var app = await LiveApp.StartAsync();
            await SourceCalls.PutAsync(app, "influx", "forward-influx", ("url", $"http://127.0.0.1:{port}"), ("match", "handed.*"));
            await SourceCalls.RunsAsync(app, "influx");
            await app.PostAsync("""{"series":"handed.on","tags":{"shop":"ber lin, x=y"},"t":"2026-01-01T00:00:00Z","value":1.5}""", """{"series":"kept.here","value":2}""");
            await Wait.UntilAsync(async () => (await client.GetStringAsync(new Uri("/query?db=livedash&q=SELECT%20*%20FROM%20%22handed.on%22", UriKind.Relative))).Contains("\"2026-01-01T00:00:00Z\",\"ber lin, x=y\",1.5", StringComparison.Ordinal), "InfluxDB has the point");
            Assert.DoesNotContain("kept.here", await client.GetStringAsync(new Uri("/query?db=livedash&q=SHOW%20MEASUREMENTS", UriKind.Relative)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnotherLiveDash_ThatWasAway_GetsEverythingOnceItIsBack()
    {
        var port = Tool.FreePort();
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "other", "forward-livedash", ("url", $"http://127.0.0.1:{port}"));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("\"state\":\"running\"", StringComparison.Ordinal), "it runs");
        await app.PostAsync("""{"series":"handed","t":"2026-01-01T00:00:00Z","value":1,"pt":[3,4]}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("1 wait on disk", StringComparison.Ordinal), "it waits on disk");
        await using var other = await LiveApp.StartAsync(settings: [$"--urls=http://127.0.0.1:{port}"]);
        await SourceCalls.StoredAsync(other, "handed", "1");
        Assert.Contains("\"pt\":[3,4]", await other.GetAsync("/api/points?series=handed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aggregates_InThePlaceOfPoints_AreWhatAStretchOfTimeCameTo()
    {
        await using var other = await LiveApp.StartAsync();
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "other", "forward-livedash", ("url", other.Address.ToString()), ("every", "1s"));
        await SourceCalls.RunsAsync(app, "other");
        await app.PostAsync("""{"series":"a","value":1}""", """{"series":"a","value":5}""");
        await SourceCalls.StoredAsync(other, "a.max", "5");
        await SourceCalls.StoredAsync(other, "a.mean", "3");
        await SourceCalls.StoredAsync(other, "a.count", "2");
    }
}
