using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Simulation;

/// <summary>
/// The deployment of deploy/ as plain processes: an API, Debian's redis-server and workers of their own, used by curl as people use them, while workers and
/// Redis are killed and frozen.
/// </summary>
public sealed class WorkerTopologyTests
{
    [RedisFact]
    public async Task Curl_SubmitListAskDownload_WorkersOfTheirOwnDraw()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        await using var server = await StartAsync(data, redis);
        await using var one = WorkerProcess.Start(redis.Address, server.Client.BaseAddress!, "one");
        await using var two = WorkerProcess.Start(redis.Address, server.Client.BaseAddress!, "two");
        var address = server.Client.BaseAddress!.ToString().TrimEnd('/');

        var said = await CurlAsync("-X", "POST", "-H", "Content-Type: application/json", "-d", """{"start":"2001","end":"2021"}""", $"{address}/submit");
        var id = Regex.Match(said, "^Job ([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}) successfully submitted$").Groups[1].Value;
        Assert.NotEqual("", id);
        await UntilAsync(async () => (await CurlAsync($"{address}/jobs/{id}")).Contains("\"status\":\"done\"", StringComparison.Ordinal), "the job is done; the workers said: " + one.Said + two.Said);

        Assert.Equal([id], JsonSerializer.Deserialize<string[]>(await CurlAsync($"{address}/jobs"))!);
        var job = JsonDocument.Parse(await CurlAsync($"{address}/jobs/{id}")).RootElement;
        Assert.Equal((id, "2001", "2021"), (job.GetProperty("jobID").GetString(), job.GetProperty("start").GetString(), job.GetProperty("end").GetString()));
        await CurlAsync("--output-dir", data.Path, "-OJ", $"{address}/download/{id}");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(Path.Combine(data.Path, id + ".png")))[..4]);
        Assert.Equal(0, await one.StopAsync());
    }

    [RedisFact]
    public async Task Kill_WorkerInMidJobThenRedis_EveryJobIsDoneOnce()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        await using var server = await StartAsync(data, redis);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        // Its server never answers, so it is in mid job until it is killed.
        await using var stuck = WorkerProcess.Start(redis.Address, new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), "stuck");
        var address = server.Client.BaseAddress!.ToString().TrimEnd('/');
        var ids = new List<string>();
        for (var i = 0; i < 4; i++) ids.Add((await CurlAsync("-d", $$"""{"start":"2001","end":"2021","title":"plot {{i}}"}""", $"{address}/submit")).Split(' ')[1]);
        await UntilAsync(async () => (await JobAsync(server, ids[0])).GetProperty("worker").GetString() == "stuck", "the first worker has a job; it said: " + stuck.Said);

        await stuck.KillAsync();
        await using var good = WorkerProcess.Start(redis.Address, server.Client.BaseAddress!, "good");
        await UntilAsync(async () => (await JobAsync(server, ids[0])).GetProperty("status").GetString() == "done", "the job of the killed worker is done; the other said: " + good.Said);
        await redis.KillAsync();
        ids.Add((await CurlAsync("-d", """{"start":"2001","end":"2021","title":"while Redis is down"}""", $"{address}/submit")).Split(' ')[1]);
        await redis.StartAgainAsync();
        await UntilAsync(async () => await AllDoneAsync(server, ids), "all are done; the worker said: " + good.Said);

        var first = await JobAsync(server, ids[0]);
        Assert.Equal((2, "good"), (first.GetProperty("attempts").GetInt32(), first.GetProperty("worker").GetString()));
        var all = JsonDocument.Parse(await server.Client.GetStringAsync("/api/jobs")).RootElement.EnumerateArray().ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), all.Select(static j => j.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        Assert.All(all, static j => Assert.Equal("done", j.GetProperty("status").GetString()));
    }

    [RedisFact]
    public async Task Restart_ServerWhileAWorkerDraws_JobGoesOn()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var stuck = WorkerProcess.Start(redis.Address, new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), "stuck");
        string id;
        await using (var server = await StartAsync(data, redis))
        {
            id = (await CurlAsync("-d", """{"start":"2001","end":"2021"}""", $"{server.Client.BaseAddress}submit")).Split(' ')[1];
            await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "running", "the worker has the job");
            await server.KillAsync();
        }

        await using var again = await ServerProcess.StartAsync(data.Path, Settings(redis));

        // The same worker still has it: nobody began it anew.
        await UntilAsync(async () => (await JobAsync(again, id)).GetProperty("worker").GetString() == "stuck", "the worker is known again");
        Assert.Equal(1, (await JobAsync(again, id)).GetProperty("attempts").GetInt32());
    }

    [RedisFact]
    public async Task Freeze_WorkerInMidJob_AnotherDrawsAndWhatItSaysLateIsRefused()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        await using var server = await StartAsync(data, redis);
        var opened = new TaskCompletionSource();
        await using var line = new TcpProxy(server.Client.BaseAddress!) { Opened = opened.Task };
        await using var frozen = WorkerProcess.Start(redis.Address, line.Address, "frozen");
        var address = server.Client.BaseAddress!.ToString().TrimEnd('/');
        var id = (await CurlAsync("-d", """{"start":"2001","end":"2021"}""", $"{address}/submit")).Split(' ')[1];
        await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("worker").GetString() == "frozen", "the first worker has the job; it said: " + frozen.Said);

        await frozen.SignalAsync("STOP");
        await using var fresh = WorkerProcess.Start(redis.Address, server.Client.BaseAddress!, "fresh");
        await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "done", "another has made it; it said: " + fresh.Said);
        var image = await server.Client.GetByteArrayAsync($"/download/{id}");
        // Its points come at last, and it wakes with a job that is no longer its.
        opened.SetResult();
        await frozen.SignalAsync("CONT");
        await UntilAsync(() => Task.FromResult(frozen.Said.Contains("came too late and was refused", StringComparison.Ordinal) || frozen.Said.Contains("is no longer this worker's", StringComparison.Ordinal)), "it hears that it is too late");

        var job = await JobAsync(server, id);
        Assert.Equal((2, "fresh", "done"), (job.GetProperty("attempts").GetInt32(), job.GetProperty("worker").GetString(), job.GetProperty("status").GetString()));
        Assert.Equal(image, await server.Client.GetByteArrayAsync($"/download/{id}"));
        Assert.Equal([id], JsonSerializer.Deserialize<string[]>(await CurlAsync($"{address}/jobs"))!);
        // It lives, and takes the next.
        await fresh.KillAsync();
        var next = (await CurlAsync("-d", """{"start":"2001","end":"2020"}""", $"{address}/submit")).Split(' ')[1];
        await UntilAsync(async () => (await JobAsync(server, next)).GetProperty("status").GetString() == "done", "it draws the next; it said: " + frozen.Said);
    }

    [RedisFact]
    public async Task Kill_EveryWorkerThatTakesAJob_ItFailsAtTheThirdWithItsReason()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        await using var server = await StartAsync(data, redis);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var nowhere = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        var id = (await CurlAsync("-d", """{"start":"2001","end":"2021"}""", $"{server.Client.BaseAddress}submit")).Split(' ')[1];
        for (var i = 1; i <= 3; i++)
        {
            await using var worker = WorkerProcess.Start(redis.Address, nowhere, $"w{i}");
            await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("worker").GetString() == $"w{i}", $"worker {i} has the job; it said: {worker.Said}");
            await worker.KillAsync();
        }

        await using var last = WorkerProcess.Start(redis.Address, server.Client.BaseAddress!, "last");
        await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "failed", "the job has failed; the last worker said: " + last.Said);
        var error = (await JobAsync(server, id)).GetProperty("error").GetString();
        Assert.Contains("begun 3 times", error, StringComparison.Ordinal);
        Assert.Contains("w3", error, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Submit_StoreIsShared_WorkerDrawsFromThereWithoutTheServer()
    {
        using var data = new TempDirectory();
        await using var redis = await RedisServer.StartAsync();
        await using var mongo = new MongoDoubleServer();
        await using var server = await StartAsync(data, redis, "--LiveDash:Storage:MongoDB=" + mongo.Address());
        await using var worker = WorkerProcess.Start(redis.Address, "shares", "--mongodb", mongo.Address());
        var id = (await CurlAsync("-d", """{"start":"2001","end":"2021"}""", $"{server.Client.BaseAddress}submit")).Split(' ')[1];
        await UntilAsync(async () => (await JobAsync(server, id)).GetProperty("status").GetString() == "done", "the job is done; the worker said: " + worker.Said);

        var job = await JobAsync(server, id);
        Assert.Equal(("shares", 5_000), (job.GetProperty("worker").GetString(), job.GetProperty("points").GetInt64()));
    }

    // Drawing gives way to whatever else the machine does.
    private static Task UntilAsync(Func<Task<bool>> condition, string what) => Wait.UntilAsync(condition, what, TimeSpan.FromMinutes(2));

    private static string[] Settings(RedisServer redis) => [$"--LiveDash:Jobs:Redis={redis.Address}", "--LiveDash:Jobs:ClaimAfter=00:00:02"];

    private static async Task<ServerProcess> StartAsync(TempDirectory data, RedisServer redis, params string[] more)
    {
        var server = await ServerProcess.StartAsync(data.Path, [.. Settings(redis), .. more]);
        var lines = Enumerable.Range(0, 5_000).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"series":"load","t":{{1_262_304_000_000 + (i * 60_000L)}},"value":{{i % 100}}}"""));
        using var body = new StringContent(string.Join('\n', lines), System.Text.Encoding.UTF8, "application/x-ndjson");
        using var answer = await server.Client.PostAsync("/api/points", body);
        answer.EnsureSuccessStatusCode();
        return server;
    }

    private static async Task<JsonElement> JobAsync(ServerProcess server, string id) => JsonDocument.Parse(await server.Client.GetStringAsync($"/api/jobs/{id}")).RootElement;

    private static async Task<bool> AllDoneAsync(ServerProcess server, IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if ((await JobAsync(server, id)).GetProperty("status").GetString() != "done") return false;
        }

        return true;
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-sS");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var curl = Process.Start(start)!;
        var said = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.Equal(0, curl.ExitCode);
        return said.Trim();
    }
}
