using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>What workers and the exchange agree on, against a true server: whose a job is, and what becomes of what comes too late.</summary>
public abstract class JobExchangeContract
{
    private const int Attempts = 3;
    private static readonly TimeRange s_range = new(DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerDay);

    [StoreFact]
    public async Task Take_FrozenWorker_ItsLateImageIsRefused()
    {
        await using var exchange = await OpenAsync(TimeSpan.Zero);
        var (frozen, fresh) = (exchange.Desk("frozen"), exchange.Desk("fresh"));
        await PushAsync(exchange, "j1");
        var first = await frozen.TakeAsync();
        Assert.Equal(("j1", 1), (first!.Id, first.Attempt));

        var second = await fresh.TakeAsync();

        Assert.Equal(("j1", 2), (second!.Id, second.Attempt));
        Assert.False(await frozen.ReportAsync(first, 50));
        Assert.False(await frozen.FinishAsync(first, Images("late", 1)));
        Assert.True(await fresh.ReportAsync(second, 50));
        Assert.True(await fresh.FinishAsync(second, Images("good", 2)));
        // Once it is done, an image more is refused too, whoever hands it in.
        Assert.False(await frozen.FinishAsync(first, Images("late", 1)));
        Assert.False(await fresh.FinishAsync(second, Images("again", 3)));
        var look = await LookAsync(exchange, "j1");
        Assert.Equal(("done", "good", "fresh", 2), (look.Status, look.Fingerprint, look.Worker, look.Attempt));
        var images = await exchange.Exchange.ReadImagesAsync("j1");
        Assert.Equal(Enum.GetValues<PlotFormat>(), images!.Keys.Order());
        Assert.All(images.Values, static bytes => Assert.Equal([2], bytes));
    }

    [StoreFact]
    public async Task Take_WorkerThatReports_KeepsItsJob()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromSeconds(30));
        var (one, other) = (exchange.Desk("one"), exchange.Desk("other"));
        await PushAsync(exchange, "j1");
        var ticket = await one.TakeAsync();

        Assert.True(await one.ReportAsync(ticket!, 10));

        Assert.Null(await other.TakeAsync());
        Assert.Equal(("running", 10, "one"), (await LookAsync(exchange, "j1") is var look ? look.Status : "", look.Progress, look.Worker));
    }

    [StoreFact]
    public async Task Take_JobThatSilencesItsWorkers_FailsAtTheThirdWithItsReason()
    {
        await using var exchange = await OpenAsync(TimeSpan.Zero);
        await PushAsync(exchange, "poison");
        for (var i = 1; i <= Attempts; i++) Assert.Equal(i, (await exchange.Desk($"w{i}").TakeAsync())!.Attempt);

        Assert.Null(await exchange.Desk("w4").TakeAsync());

        var look = await LookAsync(exchange, "poison");
        Assert.Equal("failed", look.Status);
        Assert.Contains("begun 3 times", look.Error, StringComparison.Ordinal);
        Assert.Contains("w3", look.Error, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Fail_ThreeTimes_FailsForGoodWithTheLastReason()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        var desk = exchange.Desk("w");
        await PushAsync(exchange, "poison");
        for (var i = 1; i <= Attempts; i++) await desk.FailAsync((await desk.TakeAsync())!, $"fault {i}", isFinal: false);

        Assert.Null(await desk.TakeAsync());
        Assert.Equal(("failed", "It failed 3 times, the last time with: fault 3"), (await LookAsync(exchange, "poison") is var look ? look.Status : "", look.Error));
    }

    [StoreFact]
    public async Task Fail_Final_IsNotTriedAgain()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        var desk = exchange.Desk("w");
        await PushAsync(exchange, "j1");

        await desk.FailAsync((await desk.TakeAsync())!, "There is no such tag.", isFinal: true);

        Assert.Null(await desk.TakeAsync());
        Assert.Equal("There is no such tag.", (await LookAsync(exchange, "j1")).Error);
    }

    [StoreFact]
    public async Task Release_WorkerThatEnds_GivesTheJobToTheNextWithoutBlame()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        await PushAsync(exchange, "j1");
        for (var i = 1; i <= Attempts + 2; i++)
        {
            var desk = exchange.Desk($"w{i}");
            var ticket = await desk.TakeAsync();
            Assert.Equal(i, ticket!.Attempt);
            await desk.ReleaseAsync(ticket);
        }
    }

    [StoreFact]
    public async Task Cancel_Running_WorkerHearsAtItsNextReport()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        var desk = exchange.Desk("w");
        await PushAsync(exchange, "j1");
        var ticket = await desk.TakeAsync();

        await exchange.Exchange.CancelAsync("j1", TimeSpan.FromMinutes(1));

        Assert.False(await desk.ReportAsync(ticket!, 10));
        Assert.False(await desk.FinishAsync(ticket!, Images("f", 1)));
    }

    [StoreFact]
    public async Task Push_JobThatIsThere_StaysOnceAndAfterALossHasAGreaterNumber()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        var desk = exchange.Desk("w");
        await PushAsync(exchange, "j1");
        Assert.Equal("queued", await PushAsync(exchange, "j1"));
        var before = await desk.TakeAsync();
        Assert.Equal("running", await PushAsync(exchange, "j1"));
        await exchange.EmptyAsync();

        await exchange.Exchange.PrepareAsync(Options(TimeSpan.FromMinutes(1)), static () => { });
        Assert.Equal("queued", await PushAsync(exchange, "j1", attempt: 2));

        Assert.False(await desk.FinishAsync(before!, Images("late", 1)));
        Assert.Equal(2, (await desk.TakeAsync())!.Attempt);
        Assert.Null(await desk.TakeAsync());
    }

    [StoreFact]
    public async Task Workers_ToldAndLeaving_AreListedAndGone()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        var told = new JobWorkerState { Name = "w1", Host = "hall", Since = 5, SeenAt = TimeProvider.System.GetUtcNow().UtcTicks, Job = "j1", Done = 3, Failed = 1, PointsPerSecond = 2.5 };
        await exchange.Desk("w1").TellAsync(told);
        await exchange.Desk("w0").TellAsync(told with { Name = "w0", Job = null });
        await exchange.Desk("w1").TellAsync(told with { Done = 4 });

        Assert.Equal([told with { Name = "w0", Job = null }, told with { Done = 4 }], await exchange.Exchange.ListWorkersAsync());

        await exchange.Desk("w1").LeaveAsync();
        Assert.Equal("w0", (await exchange.Exchange.ListWorkersAsync()).Single().Name);
    }

    [StoreFact]
    public async Task Remove_Job_NothingIsKnownOfIt()
    {
        await using var exchange = await OpenAsync(TimeSpan.FromMinutes(1));
        await PushAsync(exchange, "j1");

        await exchange.Exchange.RemoveAsync(["j1", "j2"]);

        Assert.Null(await exchange.Exchange.LookAsync("j1"));
    }

    private protected abstract Task<ExchangeHarness> StartAsync();

    private protected static JobImages Images(string fingerprint, byte mark) =>
        new(fingerprint, Enum.GetValues<PlotFormat>().ToDictionary(static f => f, _ => new[] { mark }), 10, 3);

    private protected static async Task<string> PushAsync(ExchangeHarness exchange, string id, int attempt = 1)
    {
        await exchange.Exchange.PushAsync(id, attempt, JobPlanCodec.Write(Job(id), Plan(Job(id)), TimeSpan.FromMinutes(5)), TimeSpan.FromHours(1));
        return (await LookAsync(exchange, id)).Status;
    }

    private static Job Job(string id) => new() { Id = id, Owner = "me", Request = new JobRequest { Start = "2001", End = "2021" }, Range = s_range, SubmittedAt = 1 };

    private static PlotPlan Plan(Job job) => new()
    {
        Spec = job.Request.Plot, Range = s_range, Axis = s_range, Expected = 10, MostPoints = 100, Fingerprint = "fp",
        Series = [new(0, new SeriesKey("cpu.load", [new("host", "a")]), 4), new(1, new SeriesKey("cpu.load", [new("host", "b")]), 2)],
    };

    private static JobOptions Options(TimeSpan claimAfter) => new() { ClaimAfter = claimAfter, MaxAttempts = Attempts };

    private static async Task<JobLook> LookAsync(ExchangeHarness exchange, string id) => (await exchange.Exchange.LookAsync(id))!;

    private async Task<ExchangeHarness> OpenAsync(TimeSpan claimAfter)
    {
        var exchange = await StartAsync();
        await exchange.Exchange.PrepareAsync(Options(claimAfter), static () => { });
        return exchange;
    }
}
