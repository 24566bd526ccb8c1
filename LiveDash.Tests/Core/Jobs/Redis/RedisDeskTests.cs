using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;
using StackExchange.Redis;

namespace LiveDash.Tests.Core.Jobs.Redis;

/// <summary>What workers and Redis agree on, against Debian's redis-server: whose a job is, and what becomes of what comes too late.</summary>
public sealed class RedisDeskTests
{
    private const int Attempts = 3;
    private static readonly TimeRange s_range = new(DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerDay);

    [RedisFact]
    public async Task Take_FrozenWorker_ItsLateImageIsRefused()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.Zero);
        RedisDesk frozen = new(link, "frozen", TimeProvider.System), fresh = new(link, "fresh", TimeProvider.System);
        await PushAsync(link, "j1");
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
        var look = await LookAsync(link, "j1");
        Assert.Equal(("done", "good", "fresh", 2), (look.Status, look.Fingerprint, look.Worker, look.Attempt));
        var database = (await link.OpenAsync()).GetDatabase();
        Assert.Equal([2], (byte[]?)await database.HashGetAsync(link.Keys.Job("j1"), "png"));
        Assert.Equal(0, await database.StreamLengthAsync(link.Keys.Stream));
    }

    [RedisFact]
    public async Task Take_WorkerThatReports_KeepsItsJob()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromSeconds(30));
        RedisDesk one = new(link, "one", TimeProvider.System), other = new(link, "other", TimeProvider.System);
        await PushAsync(link, "j1");
        var ticket = await one.TakeAsync();

        Assert.True(await one.ReportAsync(ticket!, 10));

        Assert.Null(await other.TakeAsync());
        Assert.Equal(("running", 10, "one"), (await LookAsync(link, "j1") is var look ? look.Status : "", look.Progress, look.Worker));
    }

    [RedisFact]
    public async Task Take_JobThatSilencesItsWorkers_FailsAtTheThirdWithItsReason()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.Zero);
        await PushAsync(link, "poison");
        for (var i = 1; i <= Attempts; i++) Assert.Equal(i, (await new RedisDesk(link, $"w{i}", TimeProvider.System).TakeAsync())!.Attempt);

        Assert.Null(await new RedisDesk(link, "w4", TimeProvider.System).TakeAsync());

        var look = await LookAsync(link, "poison");
        Assert.Equal("failed", look.Status);
        Assert.Contains("begun 3 times", look.Error, StringComparison.Ordinal);
        Assert.Contains("w3", look.Error, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Fail_ThreeTimes_FailsForGoodWithTheLastReason()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));
        var desk = new RedisDesk(link, "w", TimeProvider.System);
        await PushAsync(link, "poison");
        for (var i = 1; i <= Attempts; i++) await desk.FailAsync((await desk.TakeAsync())!, $"fault {i}", isFinal: false);

        Assert.Null(await desk.TakeAsync());
        Assert.Equal(("failed", "It failed 3 times, the last time with: fault 3"), (await LookAsync(link, "poison") is var look ? look.Status : "", look.Error));
    }

    [RedisFact]
    public async Task Fail_Final_IsNotTriedAgain()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));
        var desk = new RedisDesk(link, "w", TimeProvider.System);
        await PushAsync(link, "j1");

        await desk.FailAsync((await desk.TakeAsync())!, "There is no such tag.", isFinal: true);

        Assert.Null(await desk.TakeAsync());
        Assert.Equal("There is no such tag.", (await LookAsync(link, "j1")).Error);
    }

    [RedisFact]
    public async Task Release_WorkerThatEnds_GivesTheJobToTheNextWithoutBlame()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));
        await PushAsync(link, "j1");
        for (var i = 1; i <= Attempts + 2; i++)
        {
            var desk = new RedisDesk(link, $"w{i}", TimeProvider.System);
            var ticket = await desk.TakeAsync();
            Assert.Equal(i, ticket!.Attempt);
            await desk.ReleaseAsync(ticket);
        }
    }

    [RedisFact]
    public async Task Cancel_Running_WorkerHearsAtItsNextReport()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));
        var desk = new RedisDesk(link, "w", TimeProvider.System);
        await PushAsync(link, "j1");
        var ticket = await desk.TakeAsync();

        await link.RunAsync(RedisScripts.Cancel, "j1", 60);

        Assert.False(await desk.ReportAsync(ticket!, 10));
        Assert.False(await desk.FinishAsync(ticket!, Images("f", 1)));
    }

    [RedisFact]
    public async Task Push_JobThatIsThere_StaysOnceAndAfterALossHasAGreaterNumber()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));
        var desk = new RedisDesk(link, "w", TimeProvider.System);
        await PushAsync(link, "j1");
        Assert.Equal("queued", await PushAsync(link, "j1"));
        var before = await desk.TakeAsync();
        Assert.Equal("running", await PushAsync(link, "j1"));
        await redis.FlushAsync();

        await link.EnsureGroupAsync();
        Assert.Equal("queued", await PushAsync(link, "j1", attempt: 2));

        Assert.False(await desk.FinishAsync(before!, Images("late", 1)));
        Assert.Equal(2, (await desk.TakeAsync())!.Attempt);
        Assert.Null(await desk.TakeAsync());
    }

    [RedisFact]
    public async Task Push_Job_ExpiresAsTheRetentionSays()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await OpenAsync(redis, TimeSpan.FromMinutes(1));

        await PushAsync(link, "j1");

        Assert.InRange((await (await link.OpenAsync()).GetDatabase().KeyTimeToLiveAsync(link.Keys.Job("j1")))!.Value.TotalSeconds, 3_500, 3_600);
    }

    [Fact]
    public void Plan_WrittenAndRead_IsTheSame()
    {
        var job = Job("j1") with { Request = new JobRequest { Start = "2001", End = "2021", Deadline = TimeSpan.FromMinutes(5), Plot = new PlotSpec { Kind = PlotKind.Histogram, Width = 300, Title = "a \"b\"" } } };

        var ticket = RedisPlanCodec.Read("j1", 4, RedisPlanCodec.Write(job, Plan(job), TimeSpan.FromSeconds(90)));

        Assert.Equal((4, "fp", TimeSpan.FromSeconds(90), job.DeadlineAt), (ticket.Attempt, ticket.Plan.Fingerprint, ticket.MaxRunTime, ticket.DeadlineAt));
        Assert.Equal(job.Request.Plot, ticket.Plan.Spec);
        Assert.Equal(["cpu.load{host=a}", "cpu.load{host=b}"], ticket.Plan.Series.Select(static s => s.Key.ToString()));
        Assert.Equal([4, 2], ticket.Plan.Series.Select(static s => s.Color));
        Assert.Equal((s_range, s_range), (ticket.Plan.Range, ticket.Plan.Axis));
    }

    private static Job Job(string id) => new() { Id = id, Owner = "me", Request = new JobRequest { Start = "2001", End = "2021" }, Range = s_range, SubmittedAt = 1 };

    private static PlotPlan Plan(Job job) => new()
    {
        Spec = job.Request.Plot, Range = s_range, Axis = s_range, Expected = 10, MostPoints = 100, Fingerprint = "fp",
        Series = [new(0, new SeriesKey("cpu.load", [new("host", "a")]), 4), new(1, new SeriesKey("cpu.load", [new("host", "b")]), 2)],
    };

    private static JobImages Images(string fingerprint, byte mark) =>
        new(fingerprint, Enum.GetValues<PlotFormat>().ToDictionary(static f => f, _ => new[] { mark }), 10, 3);

    private static async Task<RedisLink> OpenAsync(RedisServer redis, TimeSpan claimAfter)
    {
        var link = new RedisLink(redis.Address, "test:");
        await link.EnsureGroupAsync();
        HashEntry[] settings = [new("claimAfterMs", (long)claimAfter.TotalMilliseconds), new("maxAttempts", Attempts)];
        await (await link.OpenAsync()).GetDatabase().HashSetAsync(link.Keys.Settings, settings);
        return link;
    }

    private static async Task<string> PushAsync(RedisLink link, string id, int attempt = 1) =>
        (string)(await link.RunAsync(RedisScripts.Push, id, attempt, 3_600, RedisPlanCodec.Write(Job(id), Plan(Job(id)), TimeSpan.FromMinutes(5))))!;

    private static async Task<RedisJobLook> LookAsync(RedisLink link, string id) => RedisJobLook.Read(await link.RunAsync(RedisScripts.Look, id))!;
}
