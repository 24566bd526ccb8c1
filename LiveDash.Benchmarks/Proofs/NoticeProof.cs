using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A receiver that hangs, fails and cuts, and a server that is killed: every alert is told, and none by two keys.</summary>
internal sealed class NoticeProof : IProof
{
    /// <inheritdoc/>
    public string Figure => "F13";

    /// <inheritdoc/>
    public string Name => "notices";

    /// <inheritdoc/>
    public string About => "1,000 alerts (200 in short) to a receiver that answers 500, cuts or hangs every second time, the server killed twice: told = all, no alert by two keys";

    /// <inheritdoc/>
    public string Guard => "give a delivery up at once (GiveUpAfter of a tick)";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var alerts = run.Choose(200, 1_000);
        var random = new Random(run.Seed);
        using var data = new ProofDirectory();
        await using var receiver = await ProofReceiver.StartAsync();
        var answers = new[] { 500, 0, -1, 503 };
        receiver.Answer = number => number % 2 == 0 ? 200 : answers[(number / 2) % answers.Length];
        List<string> settings = ["--LiveDash:Notifications:GroupWait=00:00:00.05", "--LiveDash:Notifications:GroupInterval=00:00:00.05", "--LiveDash:Notifications:Timeout=00:00:01"];
        if (run.IsGuardOff) settings.Add("--LiveDash:Notifications:GiveUpAfter=00:00:00.0000001");
        var rounds = 3;
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ProofServer.StartAsync(data.Path, settings);
            if (round == 0) await server.Client.TellAsync(receiver.Address, "last(proof.*, 1) > 80");
            var isLast = round == rounds - 1;
            await PostAsync(server, isLast ? 0 : round * alerts / (rounds - 1), isLast ? alerts : alerts / (rounds - 1));
            if (!isLast)
            {
                await Task.Delay(random.Next(300, 2_500));
                await server.KillAsync();
                continue;
            }

            receiver.Answer = run.IsGuardOff ? receiver.Answer : static _ => 200;
            await ProofHttp.UntilAsync(() => Task.FromResult(receiver.Told.Count >= alerts), TimeSpan.FromSeconds(run.IsGuardOff ? 10 : 120));
        }

        var told = receiver.Told.Count(static one => one.Key.StartsWith("proof.", StringComparison.Ordinal));
        var firing = receiver.Taken.Keys.Count(static key => key.Contains("firing", StringComparison.Ordinal));
        return new ProofOutcome(told == alerts, new Dictionary<string, object>
        {
            ["alerts"] = alerts, ["told"] = told, ["untold"] = alerts - told, ["keys"] = receiver.Taken.Count, ["firingKeys"] = firing,
            ["repeatedWithTheSameKey"] = receiver.Taken.Values.Sum(static count => count - 1), ["requests"] = receiver.Requests,
        });
    }

    private static async Task PostAsync(ProofServer server, int first, int count)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + count; i++) text.Append("{\"series\":\"proof.").Append(i).Append("\",\"value\":90}\n");
        var (status, body) = await server.Client.PostAsync("/api/points", text.ToString(), "application/x-ndjson");
        if (status != 200) throw new InvalidOperationException($"{status} {body}");
    }
}
