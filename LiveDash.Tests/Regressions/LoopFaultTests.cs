using System.Text.Json;
using LiveDash.Core.Diagnostics;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Regressions;

/// <summary>No exception ends a background loop, or the process: the part restarts, and until then the app says which it is.</summary>
public sealed class LoopFaultTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>The loops that are killed below; LoopListTests compares them with the code.</summary>
    internal static IReadOnlyList<string> Killed { get; } =
    [
        "alert clocks", "alert keeping", "backup", "clock", "collections", "engine 1", "host metrics", "ingest", "listener Graphite connections", "listener Mqtt idle", "listener Statsd datagrams", "listener Tcp connections", "live expressions", "notice repeats", "notices",
        "plot schedules", "plot sweeps", "rule folder", "rules in PromQL", "snapshot sweeps", "source made", "source onward", "sources", "statsd intervals", "store sealing", "store upkeep", "store writer", "worker of plot 1",
    ];

    // Whoever is registered is killed: a loop that is new is among them by itself. The clock stands still, so that who has failed stays down until it has been asked.
    [Fact]
    public async Task EveryLoop_KilledOnce_IsToldAndGoesOn()
    {
        using var folder = new TempDirectory();
        using var backups = new TempDirectory();
        var time = new ManualTime();
        await using var app = await LiveApp.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(time),
            settings:
            [
                $"--LiveDash:Rules:Folder={folder.Path}", "--LiveDash:HostMetrics:Enabled=true", "--LiveDash:Listeners:Tcp:Endpoint=127.0.0.1:0", "--LiveDash:Listeners:Statsd:Endpoint=127.0.0.1:0",
                "--LiveDash:Jobs:Workers=1", $"--LiveDash:Backup:Folder={backups.Path}", "--LiveDash:Listeners:Graphite:Endpoint=127.0.0.1:0", "--LiveDash:Listeners:Mqtt:Endpoint=127.0.0.1:0",
                // A source, and a way onward on which nothing goes.
                "--LiveDash:Sources:made:kind=simulator", "--LiveDash:Sources:onward:kind=forward-livedash", "--LiveDash:Sources:onward:url=http://127.0.0.1:1", "--LiveDash:Sources:onward:match=nothing.*",
            ]);
        var loops = app.Services.GetRequiredService<LoopSupervisor>();
        string[] AllRunning() => [.. loops.Status.Select(static loop => loop.Name).Where(name => loops[name].IsRunning)];
        foreach (var name in Killed) await Wait.UntilAsync(() => loops[name].IsRunning, $"'{name}' runs");

        foreach (var name in AllRunning()) await KillAsync(app, time, loops[name]);

        var metrics = await app.GetAsync("/metrics");
        Assert.All(Killed, name => Assert.Contains($"livedash_loop_faults_total{{loop=\"{name}\"}} 1", metrics, StringComparison.Ordinal));
        await GoOnAsync(time, MoveAsync(app));
        Assert.Contains("\"count\":", await app.GetAsync("/api/windows?series=moved&window=10"), StringComparison.Ordinal);
        Assert.Contains("\"ready\"", await app.GetAsync("/readyz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BodyThatFailsAndIsToldToStop_Ends()
    {
        var time = new ManualTime();
        var loops = new LoopSupervisor(time, NullLogger<LoopSupervisor>.Instance);
        using var stop = new CancellationTokenSource();
        var running = loops.RunAsync("bad", static (_, _) => throw new InvalidOperationException("always"), stop.Token);
        await time.WhenArmedAsync();
        time.Advance(s_second);
        await Wait.UntilAsync(() => loops["bad"].Status.Faults == 2, "it is tried again after a second");
        Assert.True(loops["bad"].Status.IsDegraded);
        stop.Cancel();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(loops["bad"].Status.IsDegraded, "What nobody runs is not degraded.");
    }

    [Fact]
    public void Run_OnItsOwnThread_BeginsAgainThereAndEndsWhenTold()
    {
        var loops = new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance);
        using var stop = new CancellationTokenSource();
        var threads = new List<int>();
        loops.Run("own", (loop, life) =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            if (threads.Count == 1) throw new InvalidOperationException("once");
            loop.Turn();
            Assert.False(loop.Status.IsDegraded);
            stop.Cancel();
            life.ThrowIfCancellationRequested();
        }, stop.Token);
        Assert.Equal([Environment.CurrentManagedThreadId, Environment.CurrentManagedThreadId], threads);
        Assert.Equal(1, loops["own"].Status.Faults);
    }

    private static async Task KillAsync(LiveApp app, ManualTime time, BackgroundLoop loop)
    {
        loop.FailNext(new InvalidOperationException("killed by the test"));
        // Most fail where they wait; who waits for points alone needs some, and those that send them wait until it goes on.
        var moving = MoveAsync(app);
        await Wait.UntilAsync(
            () =>
            {
                if (loop.Status.Faults == 0 && moving.IsCompleted) time.Advance(s_second);
                return loop.Status.Faults == 1;
            },
            $"'{loop.Name}' has failed");
        var ready = JsonDocument.Parse(await app.GetAsync("/readyz")).RootElement;
        // What has a thread of its own goes by the machine's clock, and may go on already.
        if (loop.Status.IsDegraded || ready.GetProperty("checks").TryGetProperty(loop.Name, out _))
        {
            Assert.Equal("degraded", ready.GetProperty("status").GetString());
            Assert.Contains("killed by the test", ready.GetProperty("checks").GetProperty(loop.Name).GetString(), StringComparison.Ordinal);
        }

        await Wait.UntilAsync(
            () =>
            {
                time.Advance(s_second);
                return !loop.Status.IsDegraded && loop.IsRunning;
            },
            $"'{loop.Name}' goes on");
        await GoOnAsync(time, moving);
        Assert.Equal(1, loop.Status.Faults);
    }

    // Time passes until it is done.
    private static async Task GoOnAsync(ManualTime time, Task work)
    {
        await Wait.UntilAsync(
            () =>
            {
                time.Advance(s_second);
                return work.IsCompleted;
            },
            "points and rules are taken");
        await work;
    }

    // A point, a rule and an alert: what wakes those that sleep until something happens.
    private static async Task MoveAsync(LiveApp app)
    {
        await app.PostAsync("""{"series":"moved","value":1}""", """{"series":"moved","value":100}""");
        using var rule = new StringContent("""{"name":"moved","expr":"last(moved, 1) > 50"}""");
        using var put = await app.Client.PutAsync(new Uri("/api/rules/moved", UriKind.Relative), rule);
        Assert.True(put.IsSuccessStatusCode);
        await app.PostAsync("""{"series":"moved","value":1}""", """{"series":"moved","value":100}""");
    }
}
