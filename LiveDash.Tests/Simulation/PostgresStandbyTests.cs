using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>Two programs on one true PostgreSQL: the second waits, and takes over when the first is killed under load.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresStandbyTests(PostgresServer postgres)
{
    private const int BatchPoints = 50;

    [StoreFact]
    public async Task Kill_FirstUnderLoad_SecondTakesOverAndHasAllThatWasAcknowledged()
    {
        using TempDirectory firstData = new(), secondData = new();
        var schema = postgres.NewSchema();
        string[] settings = [$"--LiveDash:Storage:PostgreSQL={postgres.Address(schema)}", "--LiveDash:Storage:Standby=true"];
        await using var first = await ServerProcess.StartAsync(firstData.Path, settings);
        using var rule = new StringContent("""{"name":"high","expr":"last(load, 100) >= 0","severity":"critical"}""", Encoding.UTF8, "application/json");
        using var made = await first.Client.PostAsync("/api/rules", rule);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var acknowledged = 0;
        using var enough = new SemaphoreSlim(0, 1);
        var sending = SendAsync(first.Client, sent =>
        {
            acknowledged = sent;
            if (sent == 20) enough.Release();
        });
        Assert.True(await enough.WaitAsync(TimeSpan.FromSeconds(30)), "too little was sent");
        using var stands = new SemaphoreSlim(0, 1);
        var waiting = ServerProcess.StartAsync(
            secondData.Path,
            line =>
            {
                if (line.Contains("Standing by", StringComparison.Ordinal)) stands.Release();
            },
            settings);
        Assert.True(await stands.WaitAsync(TimeSpan.FromSeconds(50)), "the second does not stand by");
        Assert.False(waiting.IsCompleted);

        await first.KillAsync();
        await sending;
        await using var second = await waiting;

        // The batch that had no answer goes again, with the same ids.
        var again = 0;
        await SendAsync(second.Client, sent => again = sent, from: acknowledged, batches: 1);
        Assert.Equal(1, again);
        var stored = (await second.Client.GetStringAsync("/api/points?series=load&fields=value")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, (acknowledged + 1) * BatchPoints), stored.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetInt32()));
        // Windows stand on what the first had taken, and its rule goes on.
        var window = JsonDocument.Parse(await second.Client.GetStringAsync("/api/windows?series=load&window=100")).RootElement;
        Assert.Equal(((acknowledged + 1) * BatchPoints) - 1, Find(window, "max"));
        await Wait.UntilAsync(async () => (await second.Client.GetStringAsync("/api/alerts?state=firing")).Contains("\"high\"", StringComparison.Ordinal), "the alert fires there");
        Assert.Equal(2L, await postgres.RunAsync($"SELECT epoch FROM {schema}.owner"));
    }

    private static double Find(JsonElement window, string name) => (window.ValueKind == JsonValueKind.Array ? window[0] : window).GetProperty(name).GetDouble();

    // One batch after the other until the line breaks; tells how many had an answer.
    private static async Task SendAsync(HttpClient client, Action<int> told, int from = 0, int batches = int.MaxValue)
    {
        for (var n = 0; n < batches; n++)
        {
            var lines = Enumerable.Range((from + n) * BatchPoints, BatchPoints).Select(static i => string.Create(CultureInfo.InvariantCulture, $$"""{"series":"load","id":"p{{i}}","t":{{1_793_000_000_000L + i}},"value":{{i}}}"""));
            try
            {
                using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
                using var answer = await client.PostAsync("/api/points", body);
                answer.EnsureSuccessStatusCode();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
            {
                return;
            }

            told(n + 1);
        }
    }
}
