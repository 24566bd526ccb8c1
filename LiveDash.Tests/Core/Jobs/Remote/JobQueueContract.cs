using System.Text;
using System.Text.Json;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>The queue over an exchange, on the true app, with workers in the test's hands.</summary>
public abstract class JobQueueContract
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [StoreFact]
    public async Task Submit_WorkerReportsAndIsCancelled_BothWithinASecond()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        var desk = exchange.Desk("hand");
        var id = await SubmitAsync(app);
        var ticket = await TakeAsync(desk);
        Assert.Equal(id, ticket.Id);

        Assert.True(await desk.ReportAsync(ticket, 40));
        var told = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(async () => await ReadAsync(app, id) is { } job && job.GetProperty("progress").GetInt32() == 40, "the progress is told");
        var took = TimeProvider.System.GetElapsedTime(told);
        var running = await ReadAsync(app, id);
        Assert.Equal(("running", "hand"), (running.GetProperty("status").GetString(), running.GetProperty("worker").GetString()));

        using var deleted = await app.Client.DeleteAsync($"/api/jobs/{id}");
        var cancelled = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(async () => !await desk.ReportAsync(ticket, 41), "the worker hears that the job is cancelled");

        // Signals, not polls of a minute: ten times what is promised, since other tests run beside this one.
        Assert.InRange(took, TimeSpan.Zero, 10 * s_second);
        Assert.InRange(TimeProvider.System.GetElapsedTime(cancelled), TimeSpan.Zero, 10 * s_second);
        Assert.Equal("cancelled", (await ReadAsync(app, id)).GetProperty("status").GetString());
    }

    [StoreFact]
    public async Task Submit_ManyOfOneUser_OthersAndTheUrgentAreNotKeptWaiting()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        var desk = exchange.Desk("hand");
        var jobs = app.Services.GetRequiredService<JobService>();
        var names = new Dictionary<string, string>();
        for (var i = 0; i < 6; i++) names[(await jobs.SubmitAsync(Request(JobPriority.Normal, i), "flood", null, default)).Id] = "flood";
        names[(await jobs.SubmitAsync(Request(JobPriority.Normal, 7), "other", null, default)).Id] = "other";
        names[(await jobs.SubmitAsync(Request(JobPriority.High, 8), "flood", null, default)).Id] = "urgent";

        var order = new List<string>();
        while (order.Count < names.Count)
        {
            var ticket = await TakeAsync(desk);
            order.Add(names[ticket.Id]);
            await desk.FailAsync(ticket, "enough", isFinal: true);
        }

        // Two were on their way before the others came.
        Assert.InRange(order.IndexOf("urgent"), 0, 3);
        Assert.InRange(order.IndexOf("other"), 0, 4);
    }

    [StoreFact]
    public async Task Exchange_KilledAndEmptied_UnfinishedJobsAreQueuedAgainAndFinishedOnesAnswer()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        using var points = new RemotePoints(app.Address, null);
        var done = await SubmitAsync(app);
        await WorkAsync(exchange, points, async () => (await ReadAsync(app, done)).GetProperty("status").GetString() == "done", "the first job is done");
        var image = await app.Client.GetByteArrayAsync($"/download/{done}");
        var waiting = await SubmitAsync(app, "waiting");
        var held = exchange.Desk("dead");
        Assert.Equal(waiting, (await TakeAsync(held)).Id);

        await exchange.KillAsync();
        var meanwhile = await SubmitAsync(app, "meanwhile");
        Assert.Equal(image, await app.Client.GetByteArrayAsync($"/download/{done}"));
        await exchange.StartAgainAsync();

        await WorkAsync(exchange, points, async () => await AreDoneAsync(app, waiting, meanwhile), "both are done after the kill");
        await exchange.EmptyAsync();
        var last = await SubmitAsync(app, "last");
        await WorkAsync(exchange, points, async () => await AreDoneAsync(app, last), "the last is done after it was emptied");
        Assert.Equal(image, await app.Client.GetByteArrayAsync($"/download/{done}"));
    }

    [StoreFact]
    public async Task Workers_OneWorks_PageApiAndMetricsTellWhoAndHowFast()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        using var points = new RemotePoints(app.Address, null);
        var id = await SubmitAsync(app);
        JsonElement answer = default;

        await WorkAsync(exchange, points, async () =>
        {
            answer = JsonDocument.Parse(await app.GetAsync("/api/workers")).RootElement;
            return answer.GetProperty("workers").EnumerateArray().Any(static w => w.GetProperty("done").GetInt64() == 1);
        }, "the worker is listed with one job done");

        Assert.Equal(exchange.Kind, answer.GetProperty("queue").GetString());
        Assert.Contains(exchange.Warning, answer.GetProperty("warning").GetString(), StringComparison.Ordinal);
        var worker = answer.GetProperty("workers").EnumerateArray().Single();
        Assert.Equal("test", worker.GetProperty("name").GetString());
        Assert.True(worker.GetProperty("pointsPerSecond").GetDouble() > 0);
        var metrics = await app.GetAsync("/metrics");
        Assert.Contains("livedash_job_worker_done_total{worker=\"test\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"livedash_job_queue_info{{kind=\"{exchange.Kind}\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Equal("done", (await ReadAsync(app, id)).GetProperty("status").GetString());
    }

    [StoreFact]
    public async Task Submit_SeriesThatCannotBeDrawn_FailsWithItsReason()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        using var points = new RemotePoints(app.Address, null);
        var id = await SubmitAsync(app, "box", """,{"kind":"box","by":"rack"}""");

        await WorkAsync(exchange, points, async () => (await ReadAsync(app, id)).GetProperty("status").GetString() == "failed", "the job has failed");

        Assert.Contains("host", (await ReadAsync(app, id)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Finish_ImageIsGone_IsDrawnAgainAndFailsAtTheThirdTime()
    {
        await using var exchange = await StartServerAsync();
        await using var app = await StartAsync(exchange);
        using var points = new RemotePoints(app.Address, null);
        var desk = exchange.Desk("hand");
        var id = await SubmitAsync(app);
        var attempts = new List<int>();

        for (var i = 0; i < 3; i++)
        {
            var ticket = await TakeAsync(desk);
            Assert.Equal(id, ticket.Id);
            attempts.Add(ticket.Attempt);
            Assert.True(await desk.FinishAsync(ticket, WithoutFiles));
        }

        await Wait.UntilAsync(async () => (await ReadAsync(app, id)).GetProperty("status").GetString() == "failed", "the job has failed");
        Assert.Contains("drawn 3 times", (await ReadAsync(app, id)).GetProperty("error").GetString(), StringComparison.Ordinal);
        // What a worker of before says late is refused.
        Assert.Equal(attempts.Order().Distinct(), attempts);
        Assert.Null(await desk.TakeAsync());

        // Once is no fault of the job.
        var other = await SubmitAsync(app, "other");
        Assert.True(await desk.FinishAsync(await TakeAsync(desk), WithoutFiles));
        await WorkAsync(exchange, points, async () => await AreDoneAsync(app, other), "the other is drawn again and done");
    }

    private static JobImages WithoutFiles => new("gone", new Dictionary<PlotFormat, byte[]>(), 1, 1);

    private protected abstract Task<ExchangeHarness> StartServerAsync();

    private static async Task<LiveApp> StartAsync(ExchangeHarness exchange)
    {
        var app = await LiveApp.StartAsync(settings: [exchange.Setting, "--LiveDash:Jobs:ClaimAfter=00:00:02"]);
        await app.PostAsync(Enumerable.Range(0, 2_000).Select(i => $$"""{"series":"load","tags":{"host":"a"},"t":{{1_793_000_000_000L + (i * 1000L)}},"value":{{i % 50}},"pt":[{{i % 7}},{{i % 5}}]}"""));
        return app;
    }

    private static JobRequest Request(JobPriority priority, int i) => new() { Start = "2026", End = "2027", Priority = priority, Plot = new() { Title = $"plot {i}" } };

    private static async Task<string> SubmitAsync(LiveApp app, string title = "one", string more = "")
    {
        var json = JsonSerializer.Deserialize<Dictionary<string, object>>(more.Length > 1 ? more[1..] : "{}")!;
        (json["start"], json["end"], json["title"]) = ("2026", "2027", title);
        using var body = new StringContent(JsonSerializer.Serialize(json), Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync("/submit", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Matches("^Job [0-9a-f-]{36} successfully submitted$", text);
        return text.Split(' ')[1];
    }

    private static async Task<JsonElement> ReadAsync(LiveApp app, string id) => JsonDocument.Parse(await app.GetAsync($"/api/jobs/{id}")).RootElement;

    private static async Task<bool> AreDoneAsync(LiveApp app, params string[] ids)
    {
        foreach (var id in ids)
        {
            if ((await ReadAsync(app, id)).GetProperty("status").GetString() != "done") return false;
        }

        return true;
    }

    private static async Task<JobTicket> TakeAsync(IJobDesk desk)
    {
        JobTicket? ticket = null;
        await Wait.UntilAsync(async () => (ticket = await desk.TakeAsync()) is not null, "there is a job to take");
        return ticket!;
    }

    private static async Task WorkAsync(ExchangeHarness exchange, RemotePoints points, Func<Task<bool>> until, string what)
    {
        using var stop = new CancellationTokenSource();
        var worker = new RemoteWorker(exchange.Desk("test"), points, "test", TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token);
        try
        {
            await Wait.UntilAsync(until, what);
        }
        finally
        {
            await stop.CancelAsync();
            await worker;
        }
    }
}
