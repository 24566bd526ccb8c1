using System.Globalization;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Faults of the network between sender and server, and between server and receiver.</summary>
internal sealed class NetworkProof : IProof
{
    // A disk may take seconds for a sync, and a busy machine as long for anything.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Figure => "F8";

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public string About => "eight faults of a line, on the way of points (NDJSON and line protocol over HTTP) and of notices (webhook): nothing acknowledged lost or doubled, every alert told";

    /// <inheritdoc/>
    public string Guard => "send without ids, so that what is sent again is kept twice";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        await using var receiver = await ProofReceiver.StartAsync();
        await using var told = new FaultyLine(new Uri(receiver.Address).Port, run.Seed);
        var passed = new List<string>();
        var untold = new List<string>();
        var faults = FaultyLine.Faults;
        await using (var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Notifications:GroupWait=00:00:00.05", "--LiveDash:Notifications:Timeout=00:00:01"]))
        {
            await server.Client.TellAsync($"http://127.0.0.1:{told.Port}/hook", "last(alarm.*, 1) > 80");
            await using var sent = new FaultyLine(server.Client.BaseAddress!.Port, run.Seed);
            for (var i = 0; i < faults.Count; i++)
            {
                told.Fault = sent.Fault = faults[i];
                await server.Client.PostAsync("/api/points", string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"alarm.{i}\",\"value\":90}}"));
                var sender = new LedgerSender(ledger, i, 200, hasIds: !run.IsGuardOff);
                // Line protocol has no ids: what comes again is known by its time and value.
                var line = new LedgerSender(ledger, faults.Count + i, 200, isLine: true);
                var before = ledger.Acknowledged;
                await Task.WhenAll(SendThroughAsync(sent, sender, TimeSpan.FromSeconds(run.Choose(2, 6))), SendThroughAsync(sent, line, TimeSpan.FromSeconds(run.Choose(2, 6))));
                // Then the line is sound again, and what was not acknowledged is sent once more, until it is.
                told.Fault = sent.Fault = null;
                var isBack = await Task.WhenAll(SendAgainAsync(sent, sender), SendAgainAsync(sent, line));
                if (isBack.All(static back => back) && ledger.Acknowledged > before) passed.Add(faults[i]);
            }

            await ProofHttp.UntilAsync(() => Task.FromResult(receiver.Told.Count >= faults.Count), s_patience);
            for (var i = 0; i < faults.Count; i++)
            {
                if (!receiver.Told.ContainsKey($"alarm.{i}")) untold.Add(faults[i]);
            }

            await server.StopAsync();
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var figures = report.Figures();
        figures["faultsPassedByPoints"] = $"{passed.Count}/{faults.Count}";
        figures["faultsPassedByNotices"] = $"{faults.Count - untold.Count}/{faults.Count}";
        figures["untold"] = untold;
        return new ProofOutcome(report.IsClean && passed.Count == faults.Count && untold.Count == 0, figures);
    }

    private static Task<bool> SendAgainAsync(FaultyLine line, LedgerSender sender) => ProofHttp.UntilAsync(
        async () =>
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{line.Port}"), Timeout = s_patience };
            return await sender.SendAsync(client) == true;
        },
        s_patience);

    private static async Task SendThroughAsync(FaultyLine line, LedgerSender sender, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        while (!stop.IsCancellationRequested)
        {
            // A client of its own each time, so that each body meets the fault on a connection of its own.
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{line.Port}"), Timeout = TimeSpan.FromSeconds(2) };
            await sender.SendAsync(client, CancellationToken.None);
        }
    }
}
