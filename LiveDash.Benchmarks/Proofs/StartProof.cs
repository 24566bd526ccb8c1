using System.Diagnostics;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Started on many points: all of them are there, and it is ready soon.</summary>
internal sealed class StartProof : IProof
{
    /// <inheritdoc/>
    public string Figure => "F17";

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string About => "start with 20 million points (200,000 in short): ready in 2 s, every point there; after a clean stop with 200 slow readers (within 5 s, exit code 0) and after a kill";

    /// <inheritdoc/>
    public string Guard => "acknowledge when queued (?ack=received) and kill it instead of stopping it";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var points = run.Choose(200_000, 20_000_000);
        using var data = new ProofDirectory();
        long acknowledged = 0;
        var (stopped, exitCode, empty, emptyCpu) = (0.0, -1, 0.0, 0.0);
        await using (var server = await ProofServer.StartAsync(data.Path))
        {
            (empty, emptyCpu) = (server.Took.TotalSeconds, server.Cpu.TotalSeconds);
            if (run.IsGuardOff) return await KilledAsync(server, data, run);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
            {
                var body = new PointBody(1_000, 100, located: false, run.Seed + sender);
                for (var at = 0; at < points / 4; at += 1_000)
                {
                    body.SetTimes(1_500_000_000_000 + (sender * 10_000_000_000L) + at);
                    using var content = new ByteArrayContent(body.Bytes);
                    content.Headers.ContentType = new("application/x-ndjson");
                    using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
                    if ((int)answer.StatusCode == 429)
                    {
                        at -= 1_000;
                        await Task.Delay(20);
                        continue;
                    }

                    answer.EnsureSuccessStatusCode();
                    Interlocked.Add(ref acknowledged, 1_000);
                }
            }));
            using var readers = SlowReaders.Open(server.Client.BaseAddress!, 200, "/api/points?series=*");
            var begun = Stopwatch.GetTimestamp();
            await server.StopAsync();
            (stopped, exitCode) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, server.ExitCode);
        }

        var (clean, cleanCpu, afterStop) = await ReadyAsync(data.Path, isKilled: true);
        var (killed, killedCpu, afterKill) = await ReadyAsync(data.Path, isKilled: false);
        var figures = new Dictionary<string, object> { ["points"] = acknowledged, ["thereAfterStop"] = afterStop, ["thereAfterKill"] = afterKill, ["exitCode"] = exitCode };
        if (!run.IsShort)
        {
            figures["listensSecondsOnNothing"] = Math.Round(empty, 2);
            figures["stopSecondsWith200Readers"] = Math.Round(stopped, 2);
            figures["readySecondsAfterStop"] = Math.Round(clean, 2);
            figures["readySecondsAfterKill"] = Math.Round(killed, 2);
            figures["cpuSecondsOnNothing"] = Math.Round(emptyCpu, 2);
            figures["cpuSecondsAfterStop"] = Math.Round(cleanCpu, 2);
            figures["cpuSecondsAfterKill"] = Math.Round(killedCpu, 2);
        }

        return new ProofOutcome(afterStop == acknowledged && afterKill == acknowledged && exitCode == 0 && (run.IsShort || (clean <= 2 && killed <= 2 && stopped <= 5)), figures);
    }

    // In the middle of it, while its queue is full of what it has acknowledged.
    private static async Task<ProofOutcome> KilledAsync(ProofServer server, ProofDirectory data, ProofRun run)
    {
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var loops = Enumerable.Range(0, 8).Select(sender => new LedgerSender(ledger, sender, 1_000, query: "?ack=received")).Select(sender => Task.Run(async () =>
        {
            while (await sender.SendAsync(server.Client) is not null)
            {
            }
        })).ToList();
        await ProofHttp.UntilAsync(() => Task.FromResult(ledger.Acknowledged >= run.Choose(100_000, 1_000_000)), TimeSpan.FromMinutes(2));
        await server.KillAsync();
        await Task.WhenAll(loops);
        var (_, _, there) = await ReadyAsync(data.Path, isKilled: false);
        return new ProofOutcome(there >= ledger.Acknowledged, new Dictionary<string, object> { ["acknowledged"] = ledger.Acknowledged, ["thereAfterKill"] = there });
    }

    private static async Task<(double Seconds, double Cpu, long Points)> ReadyAsync(string directory, bool isKilled)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var server = await ProofServer.StartAsync(directory);
        await ProofHttp.UntilAsync(async () => (await server.Client.GetStringAsync("/readyz")).Contains("\"ready\"", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        var (seconds, cpu) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, server.Cpu.TotalSeconds);
        // Counted by reading them all, not by asking how many there are.
        await using var stream = await server.Client.GetStreamAsync(new Uri("/api/points?series=*&fields=id", UriKind.Relative));
        long lines = 0;
        var bytes = new byte[1 << 20];
        for (int read; (read = await stream.ReadAsync(bytes)) > 0;) lines += bytes.AsSpan(0, read).Count((byte)'\n');
        if (isKilled) await server.KillAsync();
        else await server.StopAsync();
        return (seconds, cpu, lines);
    }
}
