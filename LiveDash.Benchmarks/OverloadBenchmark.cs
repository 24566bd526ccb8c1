using System.Diagnostics;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>
/// The whole program offered more than it can take: first what it takes from a few senders that wait for their answers, then three times that rate from
/// so many connections that its queue (made small) overflows, then the few again: every point accounted for, and how soon it is as quick as before.
/// </summary>
internal sealed class OverloadBenchmark : IBenchmark
{
    private const int Few = 4;
    private const double Factor = 3;
    private const double BudgetSeconds = 2;

    private long _after;

    /// <inheritdoc/>
    public string Name => "overload";

    /// <inheritdoc/>
    public string About => "three times the rate that can be taken: every point accounted for, latency back within 2 s [--seconds 10] [--senders 192] [--queue 65536]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var seconds = LoadBenchmark.Option(args, "--seconds", 10);
        var many = LoadBenchmark.Option(args, "--senders", 192);
        var queue = LoadBenchmark.Option(args, "--queue", 65_536);
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false", $"--LiveDash:Ingest:QueuePoints={queue}");
        await new PostLoad(server, Few) { FirstTime = 1_350_000_000_000 }.RunAsync(TimeSpan.FromSeconds(2));
        var begun = await ServerAccount.ReadAsync(server);
        var normal = new PostLoad(server, Few) { FirstTime = 1_300_000_000_000 };
        var took = await normal.RunAsync(TimeSpan.FromSeconds(Math.Max(3, seconds / 2)));
        var taken = normal.Acknowledged / took.TotalSeconds;
        Console.WriteLine($"normal: {Few} connections, {taken:N0} points/s, acknowledgement p50 {normal.Percentile(50):F1} ms, p99 {normal.Percentile(99):F1} ms, 429s {normal.Refused}");

        var flood = new PostLoad(server, many) { FirstTime = 1_000_000_000_000 };
        var memory = new MemoryWatch(server);
        took = await memory.DuringAsync(flood.RunAsync(TimeSpan.FromSeconds(seconds), taken * Factor));
        Console.WriteLine(
            $"overload: {many} connections, planned {taken * Factor:N0} points/s, offered {flood.Offered / took.TotalSeconds:N0} ({flood.Offered / took.TotalSeconds / taken:F1} times normal), "
            + $"acknowledged {flood.Acknowledged / took.TotalSeconds:N0}, 429s {flood.Refused:N0}, unanswered {flood.Failed:N0}, p99 {flood.Percentile(99):F0} ms; {memory}");

        var limit = Math.Max(normal.Percentile(99), 2 * normal.Percentile(50));
        var calm = await WhenCalmAsync(server, limit);
        var account = (await ServerAccount.ReadAsync(server)).Since(begun);
        Console.WriteLine($"back within {limit:F1} ms, the p99 of before, after {calm:F2} s (budget {BudgetSeconds:F0} s: {Meter.Verdict(calm <= BudgetSeconds)})");
        var acknowledged = normal.Acknowledged + flood.Acknowledged + _after;
        Console.WriteLine($"account: {account}: {(account.IsExact ? "exact" : "NOT EXACT")}; senders heard {acknowledged:N0} acknowledged{(acknowledged == account.Accepted ? "" : ", NOT EQUAL")}");
        return account.IsExact && acknowledged == account.Accepted ? 0 : 1;
    }

    // Rounds of a fifth of a second, until the median of one is as low as the slowest were before the flood.
    private async Task<double> WhenCalmAsync(ServerUnderLoad server, double limitMs)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var round = 0; round < 100; round++)
        {
            var at = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            var load = new PostLoad(server, Few) { FirstTime = 1_400_000_000_000 + (round * 100_000_000L) };
            await load.RunAsync(TimeSpan.FromSeconds(0.2));
            _after += load.Acknowledged;
            if (load.Refused == 0 && load.Percentile(50) <= limitMs) return at;
        }

        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
