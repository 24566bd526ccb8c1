using System.Text.Json;
using LiveDash.Core.Diagnostics;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>No exception ends a background loop, or the process: the part restarts, and until then the app says which it is.</summary>
public sealed class LoopFaultTests
{
    [Fact]
    public async Task EveryLoop_KilledOnce_IsToldAndGoesOn()
    {
        using var folder = new TempDirectory();
        await using var app = await LiveApp.StartAsync(settings: [$"--LiveDash:Rules:Folder={folder.Path}", "--LiveDash:HostMetrics:Enabled=true", "--LiveDash:HostMetrics:IntervalMs=100"]);
        var loops = app.Services.GetRequiredService<LoopSupervisor>();
        // Those that go round while nothing but the machine's own metrics comes in; a sweep of plots is a minute away, a worker waits for a job.
        string[] names = ["alert clocks", "alert keeping", "engine 1", "host metrics", "ingest", "notices", "plot schedules", "rule folder", "clock"];
        await Wait.UntilAsync(() => names.All(name => loops.Status.Any(loop => loop.Name == name)), "every loop runs");

        var told = 0;
        foreach (var name in names)
        {
            loops[name].FailNext(new InvalidOperationException("killed by the test"));
            var moving = MoveAsync(app);
            await Wait.UntilAsync(() => loops[name].Status.Faults == 1, $"'{name}' has failed");
            // Down for a second at least, so that who asks meanwhile is told; a machine that is busier than that sees it go on already.
            var ready = JsonDocument.Parse(await app.GetAsync("/readyz")).RootElement;
            if (ready.GetProperty("checks").TryGetProperty(name, out var check))
            {
                Assert.Equal("degraded", ready.GetProperty("status").GetString());
                Assert.Contains("killed by the test", check.GetString(), StringComparison.Ordinal);
                told++;
            }

            await Wait.UntilAsync(() => !loops[name].Status.IsDegraded, $"'{name}' goes on");
            await moving;
            Assert.Equal(1, loops[name].Status.Faults);
        }

        Assert.True(told > 0, "No fault was told by /readyz.");
        Assert.Contains("livedash_loop_faults_total{loop=\"ingest\"} 1", await app.GetAsync("/metrics"), StringComparison.Ordinal);
        await MoveAsync(app);
        Assert.Contains("\"count\":", await app.GetAsync("/api/windows?series=moved&window=10"), StringComparison.Ordinal);
        Assert.Contains("\"ready\"", await app.GetAsync("/readyz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BodyThatFailsAndIsToldToStop_Ends()
    {
        var time = new ManualTime();
        var loops = new LoopSupervisor(time, Microsoft.Extensions.Logging.Abstractions.NullLogger<LoopSupervisor>.Instance);
        using var stop = new CancellationTokenSource();
        var running = loops.RunAsync("bad", static (_, _) => throw new InvalidOperationException("always"), stop.Token);
        await time.WhenArmedAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => loops["bad"].Status.Faults == 2, "it is tried again after a second");
        stop.Cancel();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
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
