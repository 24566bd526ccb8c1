using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>Server and workers as plain processes over a true PostgreSQL, of which one is killed in mid job and one has nothing to do with the server.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresWorkerTests(PostgresServer postgres)
{
    [StoreFact]
    public async Task Kill_WorkerInMidJob_AnotherDrawsItAndEndsOrderly()
    {
        using var data = new TempDirectory();
        var (queue, store) = (postgres.Address(postgres.NewSchema()), postgres.Address(postgres.NewSchema()));
        await using var server = await ServerProcess.StartAsync(data.Path, $"--LiveDash:Jobs:PostgreSQL={queue}", $"--LiveDash:Storage:PostgreSQL={store}", "--LiveDash:Jobs:ClaimAfter=00:00:02");
        using var body = new StringContent(string.Join('\n', Enumerable.Range(0, 500).Select(static i => string.Create(CultureInfo.InvariantCulture, $$"""{"series":"load","t":{{1_262_304_000_000 + (i * 60_000L)}},"value":{{i % 100}}}"""))), Encoding.UTF8, "application/x-ndjson");
        using var kept = await server.Client.PostAsync("/api/points", body);
        kept.EnsureSuccessStatusCode();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        // Its server never answers, so it is in mid job until it is killed.
        await using var stuck = WorkerProcess.Start("stuck", ["--postgresql", queue, "--server", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"]);
        using var asked = new StringContent("""{"start":"2001","end":"2021"}""", Encoding.UTF8, "application/json");
        using var submitted = await server.Client.PostAsync("/submit", asked);
        var id = (await submitted.Content.ReadAsStringAsync()).Split(' ')[1];
        await Wait.UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "running", "the job is begun; the worker said: " + stuck.Said, TimeSpan.FromMinutes(2));

        await stuck.KillAsync();
        // This one reads the points where the server keeps them.
        await using var sound = WorkerProcess.Start("sound", ["--postgresql", queue, "--points-postgresql", store]);
        await Wait.UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "done", "the job is done; the worker said: " + sound.Said, TimeSpan.FromMinutes(2));

        var job = await JobAsync(server, id);
        Assert.Equal(("sound", 2, 500), (job.GetProperty("worker").GetString(), job.GetProperty("attempts").GetInt32(), job.GetProperty("points").GetInt64()));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await server.Client.GetByteArrayAsync($"/download/{id}"))[..4]);
        Assert.Equal(0, await sound.StopAsync());
    }

    private static async Task<JsonElement> JobAsync(ServerProcess server, string id) => JsonDocument.Parse(await server.Client.GetStringAsync($"/api/jobs/{id}")).RootElement;
}
