using System.Diagnostics;
using System.Text;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Jobs.Remote;

namespace LiveDash.Benchmarks;

/// <summary>How long it takes until what a worker tells stands in the server's answers, and until a worker hears that its job was cancelled; a worker reports every 0.4 s besides.</summary>
internal static class PlotPace
{
    private const int Rounds = 20;
    private const double Budget = 1_000;

    /// <summary>Measures with a worker in hand.</summary>
    internal static async Task MeasureAsync(PlotWorkers redis)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync(["--LiveDash:HostMetrics:Enabled=false", .. redis.Settings]);
        await using var link = new RedisLink(redis.Address, "livedash:");
        var desk = new RedisDesk(link, "hand", TimeProvider.System);
        using var points = new StringContent("load value=1 1793000000000\nload value=2 1793000001000", Encoding.UTF8, "text/plain");
        using var kept = await server.Client.PostAsync("/write?precision=ms", points);
        kept.EnsureSuccessStatusCode();
        var (progress, cancelled) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            using var body = new StringContent($$"""{"series":"load","start":"2026","end":"2027","title":"{{round}}"}""", Encoding.UTF8, "application/json");
            using var answer = await server.Client.PostAsync("/api/jobs", body);
            answer.EnsureSuccessStatusCode();
            JobTicket? ticket;
            while ((ticket = await desk.TakeAsync()) is null) await Task.Yield();
            var clock = Stopwatch.StartNew();
            await desk.ReportAsync(ticket, 40);
            while (!(await server.Client.GetStringAsync($"/api/jobs/{ticket.Id}")).Contains("\"progress\":40", StringComparison.Ordinal)) await Task.Yield();
            progress.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            using var deleted = await server.Client.DeleteAsync($"/api/jobs/{ticket.Id}");
            while (await desk.ReportAsync(ticket, 41)) await Task.Yield();
            cancelled.Add(clock.Elapsed.TotalMilliseconds);
        }

        // A worker hears at its next report, so up to one more pulse.
        var heard = cancelled.Max() + RemoteWorker.Pulse.TotalMilliseconds;
        Console.WriteLine($"a worker's progress in the server's answer: p50 {Meter.Median(progress):N1} ms, worst {progress.Max():N1} ms (budget {Budget:N0}: {Meter.Verdict(progress.Max() <= Budget)})");
        Console.WriteLine($"a cancellation with Redis: p50 {Meter.Median(cancelled):N1} ms, worst {cancelled.Max():N1} ms; with the worker {heard:N0} ms at most (budget {Budget:N0}: {Meter.Verdict(heard <= Budget)})");
    }
}
