using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Senders;

/// <summary>Ways onward to what no Debian package serves, and to brokers: a double of InfluxDB 2.x, mosquitto, librdkafka's mock cluster.</summary>
public sealed class ForwardTargetTests
{
    [Fact]
    public async Task Influx2_ThatIsAwayRefusesAndComesBack_GetsEverythingByTokenOrganisationAndBucket()
    {
        var (answers, asked, bodies) = (new Queue<int>([503, 400]), new List<string>(), new List<string>());
        await using var influx = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]).Build();
        influx.MapPost("/api/v2/write", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (asked)
            {
                asked.Add($"{context.Request.QueryString} {context.Request.Headers.Authorization}");
                if (answers.TryDequeue(out var status)) return Results.StatusCode(status);
                bodies.Add(body);
                return Results.NoContent();
            }
        });
        await influx.StartAsync();
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "two", "forward-influx", ("url", influx.Urls.Single()), ("version", "2"), ("database", "my bucket"), ("organisation", "my org"), ("secret", "t0ken"));
        await SourceCalls.RunsAsync(app, "two");
        // Asked again after 503; refused as it is by 400, which is told and costs nothing that follows.
        await app.PostAsync("""{"series":"lost","value":1}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("1 refused", StringComparison.Ordinal), "the refusal is told");
        await app.PostAsync("""{"series":"load","tags":{"host":"a b"},"t":"2026-01-01T00:00:00Z","value":1.5}""", """{"series":"pump","t":"2026-01-01T00:00:00Z","value":"say \"stop\""}""");
        await Wait.UntilAsync(() => { lock (asked) return bodies.Count > 0; }, "it has the points");
        Assert.All(asked, static one => Assert.Equal("?bucket=my%20bucket&org=my%20org&precision=ns Token t0ken", one));
        Assert.Contains("load,host=a\\ b value=1.5 1767225600000000000\n", bodies[0], StringComparison.Ordinal);
        Assert.Contains("pump value=\"say \\\"stop\\\"\" 1767225600000000000\n", bodies[0], StringComparison.Ordinal);
    }

    [ToolFact("mosquitto", "mosquitto_sub")]
    public async Task Mqtt_ABrokerThatWasAway_GetsWhatAnotherLiveDashReads()
    {
        var port = Tool.FreePort();
        using var directory = new TempDirectory();
        var settings = Path.Combine(directory.Path, "m.conf");
        await File.WriteAllTextAsync(settings, $"listener {port} 127.0.0.1\nallow_anonymous true\n");
        // The broker is away for who hands on alone: what comes to one without a subscriber is nobody's.
        await using var line = new TcpProxy(new Uri($"http://127.0.0.1:{port}"));
        line.Cut();
        await using var broker = Tool.Start("mosquitto", ["-c", settings]);
        await broker.ListensAsync(port);
        await using var other = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(other, "in", "mqtt", ("port", $"{port}"), ("topics", "plant/#"));
        await Wait.UntilAsync(async () => (await other.GetAsync("/api/settings/sources")).Contains("Subscribed.", StringComparison.Ordinal), "it is subscribed");
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "out", "forward-mqtt", ("port", $"{line.Address.Port}"), ("topic", "plant/points"));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("\"state\":\"running\"", StringComparison.Ordinal), "it runs");
        await app.PostAsync("""{"series":"rpm","tags":{"pump":"1"},"t":"2026-01-01T00:00:00Z","value":1480}""", """{"series":"pump.state","t":"2026-01-01T00:00:00Z","value":"running"}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("2 wait on disk", StringComparison.Ordinal), "they wait on disk");
        line.Restore();
        // The pause between two tries has grown meanwhile, up to half a minute.
        await Wait.UntilAsync(async () => (await other.GetAsync("/api/series")).Contains("rpm{pump=1}", StringComparison.Ordinal), "the broker is tried again", TimeSpan.FromMinutes(2));
        await SourceCalls.StoredAsync(other, "rpm{pump=1}", "1480");
        await SourceCalls.StoredAsync(other, "pump.state", "\"running\"");
    }

    [Fact]
    public async Task Kafka_MockCluster_GetsWhatAnotherLiveDashReads()
    {
        using var producer = new Confluent.Kafka.ProducerBuilder<Confluent.Kafka.Null, byte[]>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1", ["bootstrap.servers"] = "mock" }).Build();
        using var admin = new Confluent.Kafka.DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers[0];
        var servers = $"{broker.Host}:{broker.Port}";
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "out", "forward-kafka", ("servers", servers), ("topic", "handed"));
        await SourceCalls.RunsAsync(app, "out");
        await app.PostAsync("""{"series":"by.kafka","t":"2026-01-01T00:00:00Z","value":4}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("1 points sent", StringComparison.Ordinal), "it is sent");
        await using var other = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(other, "in", "kafka", ("servers", servers), ("topics", "handed"), ("group", "other"));
        await SourceCalls.StoredAsync(other, "by.kafka", "4");
    }

    [Fact]
    public async Task Receiver_ThatIsDead_HarmsNobodyAndItsQueueIsBounded()
    {
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "dead", "forward-influx", ("url", "http://127.0.0.1:1"), ("maxDisk", "1"));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("\"state\":\"running\"", StringComparison.Ordinal), "it runs");
        var lines = string.Join('\n', Enumerable.Range(0, 5_000).Select(static i => $$"""{"series":"many","tags":{"n":"{{i % 100}}"},"t":{{1764000000000 + i}},"value":{{i}}.125}"""));
        for (var i = 0; i < 8; i++)
        {
            using var answer = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent(lines));
            Assert.Contains("\"accepted\":5000", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await Wait.UntilAsync(async () => System.Text.RegularExpressions.Regex.IsMatch(await app.GetAsync("/api/settings/sources"), "[1-9][0-9,]* dropped"), "what the queue had no room for is counted");
        var files = new DirectoryInfo(Path.Combine(app.DataDirectory, "forward", "dead")).GetFiles("*", SearchOption.AllDirectories);
        Assert.InRange(files.Sum(static file => file.Length), 1, 2 * 1024 * 1024);
    }
}
