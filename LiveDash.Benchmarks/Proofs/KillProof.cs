namespace LiveDash.Benchmarks.Proofs;

/// <summary>Killed under load, again and again: what was acknowledged is there, once and in order.</summary>
internal sealed class KillProof : IProof
{
    private const int Senders = 4;

    /// <inheritdoc/>
    public string Figure => "F4";

    /// <inheritdoc/>
    public string Name => "kill";

    /// <inheritdoc/>
    public string About => "kill -9 under load, 100 times (5 in short): lost = 0, duplicated after resending = 0, database sound each time";

    /// <inheritdoc/>
    public string Guard => "acknowledge when queued and not when kept (?ack=received), and send without ids";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var random = new Random(run.Seed);
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var senders = Enumerable.Range(0, Senders).Select(sender => new LedgerSender(ledger, sender, 200, hasIds: !run.IsGuardOff, query: run.IsGuardOff ? "?ack=received" : "")).ToList();
        var rounds = run.Choose(5, 100);
        var starts = new List<double>();
        var report = default(CheckReport);
        for (var round = 0; round < rounds; round++)
        {
            await using (var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Storage:SealPoints=5000"]))
            {
                if (round > 0) starts.Add(server.Took.TotalSeconds);
                var loops = senders.Select(sender => Task.Run(async () =>
                {
                    while (await sender.SendAsync(server.Client) is not null)
                    {
                    }
                })).ToList();
                // Not before something was acknowledged: a kill in an idle start proves nothing.
                var before = ledger.Acknowledged;
                await ProofHttp.UntilAsync(() => Task.FromResult(ledger.Acknowledged >= before + 4_000 || loops.TrueForAll(static loop => loop.IsCompleted)), TimeSpan.FromSeconds(60));
                await Task.Delay(random.Next(run.Choose(300, 2500)));
                await server.KillAsync();
                await Task.WhenAll(loops);
            }

            report = await Checker.RunAsync(data.Path, ledger.Path);
            if (!report.IsClean) break;
        }

        var figures = report!.Figures();
        figures["kills"] = rounds;
        starts.Sort();
        if (!run.IsShort && starts.Count > 0) figures["startP95Seconds"] = Math.Round(starts[(int)(starts.Count * 0.95)], 2);
        return new ProofOutcome(report.IsClean && report.Acknowledged > 0, figures);
    }
}
