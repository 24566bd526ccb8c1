using System.Diagnostics;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>The rate that can be held without a loss, by each protocol that acknowledges.</summary>
internal sealed class RateProof : IProof
{
    private const double LimitMs = 250;
    private const int Points = 1_000;
    private const int Senders = 8;

    /// <inheritdoc/>
    public string Figure => "F1";

    /// <inheritdoc/>
    public string Name => "rate";

    /// <inheritdoc/>
    public string About => "NDJSON and line protocol over HTTP, load raised in steps: the highest where every point sent is acknowledged and on disk and the p99 of an acknowledgement stays under 250 ms";

    /// <inheritdoc/>
    public string Guard => "acknowledge when queued (?ack=received) and kill it at the end";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var best = new Dictionary<string, (double Rate, double P50, double P99)>();
        await using (var server = await ProofServer.StartAsync(data.Path))
        {
            foreach (var (form, first) in ((string, int)[])[("ndjson", 0), ("line", Senders)])
            {
                best[form] = await StepUpAsync(server, [.. Enumerable.Range(first, Senders).Select(sender => new LedgerSender(ledger, sender, Points, hasIds: false, query: run.IsGuardOff ? "?ack=received" : "", isLine: form == "line"))], run);
                // In the middle of it, while its queue is full of what it has acknowledged.
                if (run.IsGuardOff) break;
            }

            if (!run.IsGuardOff) await server.StopAsync();
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var figures = report.Figures();
        foreach (var (form, (rate, p50, p99)) in best)
        {
            if (run.IsShort) continue;
            figures[form + "PointsPerSecond"] = Math.Round(rate);
            figures[form + "AckP50Ms"] = Math.Round(p50, 1);
            figures[form + "AckP99Ms"] = Math.Round(p99, 1);
        }

        if (run.IsGuardOff) return new ProofOutcome(report.Lost == 0, figures);
        return new ProofOutcome(report.IsClean && report.Recovered == 0 && report.Acknowledged > 0 && (run.IsShort || best.Values.All(static one => one.Rate > 0)), figures);
    }

    private static async Task<(double Rate, double P50, double P99)> StepUpAsync(ProofServer server, List<LedgerSender> senders, ProofRun run)
    {
        if (run.IsGuardOff)
        {
            var flood = HoldAsync(server, senders, 100_000_000, TimeSpan.FromSeconds(5));
            await ProofHttp.UntilAsync(() => Task.FromResult(flood.IsCompleted), TimeSpan.FromSeconds(2));
            await server.KillAsync();
            await flood;
            return default;
        }

        var best = (0.0, 0.0, 0.0);
        foreach (var rate in run.IsShort ? (int[])[20_000] : [50_000, 100_000, 150_000, 200_000, 300_000])
        {
            var refused = senders.Sum(static sender => sender.Refused);
            var (held, times) = await HoldAsync(server, senders, rate, TimeSpan.FromSeconds(run.Choose(2, 10)));
            times.Sort();
            var slowest = times[(int)(times.Count * 0.99)];
            if (senders.Sum(static sender => sender.Refused) > refused || held < 0.97 * rate || slowest > LimitMs) break;
            best = (held, times[times.Count / 2], slowest);
        }

        return best;
    }

    private static async Task<(double Rate, List<double> Milliseconds)> HoldAsync(ProofServer server, List<LedgerSender> senders, int rate, TimeSpan duration)
    {
        var milliseconds = new List<double>();
        var clock = Stopwatch.StartNew();
        long bodies = 0;
        await Task.WhenAll(senders.Select((sender, number) => Task.Run(async () =>
        {
            for (var sent = 0; clock.Elapsed < duration; sent++)
            {
                var due = TimeSpan.FromSeconds((sent + ((double)number / senders.Count)) * Points * senders.Count / rate);
                if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
                var begun = Stopwatch.GetTimestamp();
                if (await sender.SendAsync(server.Client) != true) continue;
                Interlocked.Increment(ref bodies);
                lock (milliseconds) milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        })));
        return (bodies * Points / clock.Elapsed.TotalSeconds, milliseconds.Count == 0 ? [double.PositiveInfinity] : milliseconds);
    }
}
