using System.Diagnostics;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Offered more than it takes: every point is acknowledged and kept, or refused and told, to the point.</summary>
internal sealed class OverloadProof : IProof
{
    private const int Points = 1_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Figure => "F2";

    /// <inheritdoc/>
    public string Name => "overload";

    /// <inheritdoc/>
    public string About => "192 senders on the smallest queue: offered = acknowledged + refused exactly, acknowledged = on disk, the server's account the same";

    /// <inheritdoc/>
    public string Guard => "acknowledge when queued (?ack=received) and kill it at the end";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var senders = Enumerable.Range(0, 192).Select(sender => new LedgerSender(ledger, sender, Points, hasIds: false, query: run.IsGuardOff ? "?ack=received" : "")).ToList();
        long bodies = 0, unanswered = 0;
        var peak = 0.0;
        bool isExact;
        string account;
        await using (var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Ingest:QueuePoints=65536"]))
        {
            // Until it was too much for it: how long that takes is the machine's affair.
            using var stop = new CancellationTokenSource(s_patience);
            var least = TimeSpan.FromSeconds(run.Choose(6, 60));
            var begun = Stopwatch.GetTimestamp();
            var loops = senders.Select(sender => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Interlocked.Increment(ref bodies);
                    if (await sender.SendAsync(server.Client) is null) Interlocked.Increment(ref unanswered);
                }
            })).ToList();
            while (!stop.IsCancellationRequested && (run.IsGuardOff || Stopwatch.GetElapsedTime(begun) < least || senders.TrueForAll(static sender => sender.Refused == 0)))
            {
                peak = Math.Max(peak, server.ResidentMegabytes);
                await Task.Delay(200);
                // In the middle of it, while its queue is full of what it has acknowledged.
                if (run.IsGuardOff && ledger.Acknowledged > 20_000) await server.KillAsync();
                if (server.HasExited) break;
            }

            await stop.CancelAsync();
            await Task.WhenAll(loops);
            var said = run.IsGuardOff ? null : await ServerAccount.ReadAsync(server.Client);
            // A body may be refused before it was read to its end: what was not read was not offered to it.
            isExact = said is null || (said.IsExact && said.Accepted == ledger.Acknowledged && said.Offered <= bodies * Points);
            account = said?.ToString() ?? "killed";
            if (!run.IsGuardOff) await server.StopAsync();
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var refused = senders.Sum(static sender => (long)sender.Refused) * Points;
        var figures = report.Figures();
        figures["offered"] = bodies * Points;
        figures["refused"] = refused;
        figures["unanswered"] = unanswered * Points;
        figures["serverSays"] = account;
        if (!run.IsShort) figures["peakMegabytes"] = Math.Round(peak);
        var adds = bodies * Points == report.Acknowledged + refused + (unanswered * Points);
        // Without its guard it is the loss that is to be seen, and not that a killed server gives no account.
        if (run.IsGuardOff) return new ProofOutcome(report.Lost == 0, figures);
        // Without an answer to a sender nothing is said, so nothing may be there that was not acknowledged.
        return new ProofOutcome(adds && isExact && report.IsClean && report.Recovered == 0 && refused > 0, figures);
    }
}
