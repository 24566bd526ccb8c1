using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>The program is killed while it draws twenty jobs: afterwards all are done, and none was done twice.</summary>
public sealed class PlotKillTests
{
    private const int Jobs = 20;
    private static readonly string[] s_kinds = ["line", "histogram", "scatter", "bar-hour", "heatmap-week"];

    [Fact]
    public async Task Kill_AmongTwentyJobs_AllAreDoneAndNoneTwice()
    {
        using var data = new TempDirectory();
        List<JsonElement> before;
        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            await SendPointsAsync(server.Client);
            for (var i = 0; i < Jobs; i++) await SubmitAsync(server.Client, i);
            // Killed in the middle: some are done, the others wait or are being drawn.
            before = [];
            await Wait.WhileItMovesAsync(async () => before = await ListAsync(server.Client), static jobs => jobs.Count(static job => Status(job) == "done") >= 4, Progress, "four jobs are done");
            await server.KillAsync();
        }

        Assert.Contains(before, static job => Status(job) is "submitted" or "running");
        await using var again = await ServerProcess.StartAsync(data.Path);
        List<JsonElement> after = [];
        await Wait.WhileItMovesAsync(async () => after = await ListAsync(again.Client), static jobs => jobs.TrueForAll(static job => Status(job) is not ("submitted" or "running")), Progress, "all jobs are finished");

        Assert.Equal(Jobs, after.Count);
        Assert.All(after, static job => Assert.Equal("done", Status(job)));
        foreach (var job in after)
        {
            var known = before.Single(one => Id(one) == Id(job));
            var attempts = job.GetProperty("attempts").GetInt32();
            Assert.InRange(attempts, 1, 2);
            // What was done stays as it was: nobody drew it again.
            if (Status(known) == "done") Assert.Equal((known.GetProperty("finishedAt").GetString(), 1), (job.GetProperty("finishedAt").GetString(), attempts));
            var png = await again.Client.GetByteArrayAsync($"/download/{Id(job)}");
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        }

        // At most the jobs that workers held were begun a second time.
        Assert.InRange(after.Count(static job => job.GetProperty("attempts").GetInt32() == 2), 0, Math.Max(1, Environment.ProcessorCount - 1));
    }

    private static async Task SendPointsAsync(HttpClient client)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{"series":"kill.plot","t":{{1_262_304_000_000 + (i * 60_000L)}},"value":{{(i * 37) % 1000}}}""").Append('\n');
        }

        using var body = new StringContent(text.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync("/api/points", body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task SubmitAsync(HttpClient client, int i)
    {
        var json = $$"""{"kind":"{{s_kinds[i % s_kinds.Length]}}","series":"kill.plot","start":"2010","end":"2010","title":"plot {{i}}","width":1200,"height":700}""";
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/jobs", body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient client) =>
        [.. JsonDocument.Parse(await client.GetStringAsync("/api/jobs")).RootElement.EnumerateArray()];

    private static string Progress(List<JsonElement> jobs) => string.Join(' ', jobs.Select(static job => $"{Status(job)} {job.GetProperty("progress")}"));

    private static string Id(JsonElement job) => job.GetProperty("id").GetString()!;

    private static string Status(JsonElement job) => job.GetProperty("status").GetString()!;
}
