using LiveDash.Benchmarks.Proofs.Brokers;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Brokers killed under load, and the server that reads them: what a broker confirmed to its sender is kept, once.</summary>
internal sealed class BrokerProof : IProof
{
    /// <inheritdoc/>
    public string Figure => "F18";

    /// <inheritdoc/>
    public string Name => "brokers";

    /// <inheritdoc/>
    public string About => "rabbitmq-server (quorum queue, confirms, mandatory), redis-server (stream) and nats-server (JetStream) killed under load, and LiveDash while they hold what it has not read, 10 times each (once in short): confirmed - stored = 0, duplicated 0";

    /// <inheritdoc/>
    public string Guard => "brokers that confirm what they keep in memory alone (=memory), points without ids (=ids), or both";

    /// <inheritdoc/>
    public IReadOnlyList<string> GuardWords => ["memory", "ids"];

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var (isInMemory, hasIds) = (run.IsGuardOff && run.GuardWord != "ids", !run.IsGuardOff || run.GuardWord == "memory");
        var brokers = new List<IProofBroker>();
        if (File.Exists(RabbitBroker.Program)) brokers.Add(new RabbitBroker(isInMemory));
        if (File.Exists(RedisBroker.Program)) brokers.Add(new RedisBroker(isInMemory));
        if (File.Exists(NatsBroker.Program)) brokers.Add(new NatsBroker(isInMemory));
        if (brokers.Count == 0) return ProofOutcome.Skipped("rabbitmq-server, redis-server and nats-server are not installed");
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var senders = brokers.Select((broker, number) => new BrokerSender(ledger, number, broker, hasIds)).ToList();
        string[] settings = [.. brokers.SelectMany(static broker => broker.Source.Select(pair => $"--LiveDash:Sources:{broker.Name}:{pair.Key}={pair.Value}"))];
        using var stop = new CancellationTokenSource();
        var server = default(ProofServer);
        var (rounds, isDrained) = (run.Choose(1, 10), false);
        try
        {
            await Task.WhenAll(brokers.Select(static broker => broker.StartAsync()));
            server = await ProofServer.StartAsync(data.Path, settings);
            var sending = senders.Select(sender => Task.Run(() => sender.RunAsync(stop.Token))).ToList();
            for (var round = 0; round < rounds; round++)
            {
                await MoreAsync(senders, 1_000);
                // While it reads, and between its commit and its acknowledgement.
                await Task.WhenAll(brokers.Select(Again));
                await MoreAsync(senders, 1_000);
                // What comes now is with the brokers alone, and they are killed with it.
                await server.DisposeAsync();
                await MoreAsync(senders, 1_000);
                await Task.WhenAll(brokers.Select(Again));
                server = await ProofServer.StartAsync(data.Path, settings);
            }

            await MoreAsync(senders, 1_000);
            await stop.CancelAsync();
            await Task.WhenAll(sending);
            isDrained = await ProofHttp.UntilAsync(() => IsDrainedAsync(server, senders), TimeSpan.FromSeconds(run.IsGuardOff ? 20 : 180));
            await server.StopAsync();
        }
        finally
        {
            await stop.CancelAsync();
            if (server is not null) await server.DisposeAsync();
            foreach (var broker in brokers) await broker.DisposeAsync();
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var figures = report.Figures();
        figures["brokers"] = string.Join(", ", brokers.Select(static broker => broker.Name));
        figures["brokerKills"] = 2 * rounds * brokers.Count;
        figures["serverKills"] = rounds;
        figures["allRead"] = isDrained;
        // What a broker gives again comes behind what it has given meanwhile, so the order is told and not judged.
        var holds = report is { Lost: 0, Duplicated: 0, Unexpected: 0, Faults.Count: 0 } && report.Acknowledged > 0 && (isDrained || run.IsGuardOff);
        return new ProofOutcome(holds, figures);
    }

    private static async Task Again(IProofBroker broker)
    {
        await broker.KillAsync();
        await broker.StartAsync();
    }

    // Each of them has had so many more confirmed.
    private static async Task MoreAsync(List<BrokerSender> senders, long count)
    {
        var until = senders.ConvertAll(sender => sender.Confirmed + count);
        if (await ProofHttp.UntilAsync(() => Task.FromResult(senders.Index().All(one => one.Item.Confirmed >= until[one.Index])), TimeSpan.FromMinutes(3))) return;
        throw new InvalidOperationException("A broker confirms nothing: " + string.Join(", ", senders.Select(static sender => $"{sender.Series} {sender.Confirmed}")));
    }

    private static async Task<bool> IsDrainedAsync(ProofServer server, List<BrokerSender> senders)
    {
        foreach (var sender in senders)
        {
            using var answer = await server.Client.GetAsync(new Uri($"/api/points?series={sender.Series}&fields=value", UriKind.Relative));
            if (!answer.IsSuccessStatusCode) return false;
            // What came twice, as it does without ids, is read once.
            var lines = await answer.Content.ReadAsStringAsync();
            if (lines.AsSpan().Count('\n') < sender.Confirmed || lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal).Count < sender.Confirmed) return false;
        }

        return true;
    }
}
