using System.Diagnostics;
using LiveDash.Web;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A backup by a process of its own while the server takes all that senders can send: restored, it holds everything that was acknowledged before it began, once, and nothing by halves.</summary>
internal sealed class BackupProof : IProof
{
    private const int Senders = 8;
    private const int BodyPoints = 1_000;

    /// <inheritdoc/>
    public string Figure => "F24";

    /// <inheritdoc/>
    public string Name => "backup";

    /// <inheritdoc/>
    public string About => "a backup under load (100,000 points/s and more where the cores carry it), 5 times (once in short), restored: of what was acknowledged before it began lost = 0, duplicated = 0, sound";

    /// <inheritdoc/>
    public string Guard => "copy the database's file as it stands instead";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var senders = Enumerable.Range(0, Senders).Select(sender => new LedgerSender(ledger, sender, BodyPoints)).ToList();
        var (took, rates) = (new List<double>(), new List<double>());
        using var stop = new CancellationTokenSource();
        await using var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Storage:SealPoints=50000"]);
        var loops = senders.Select(sender => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested && await sender.SendAsync(server.Client) is not null)
            {
            }
        })).ToList();
        var report = default(CheckReport);
        for (var round = 0; round < run.Choose(1, 5); round++)
        {
            var until = ledger.Acknowledged + run.Choose(200_000, 1_000_000);
            await ProofHttp.UntilAsync(() => Task.FromResult(ledger.Acknowledged >= until || loops.TrueForAll(static loop => loop.IsCompleted)), TimeSpan.FromMinutes(2));
            var (before, file, clock) = (File.ReadAllLines(ledger.Path), work.File($"backup-{round}.db"), Stopwatch.StartNew());
            var begun = ledger.Acknowledged;
            if (run.IsGuardOff) File.Copy(Path.Combine(data.Path, "livedash.db"), file);
            else await CommandAsync("backup", file, data.Path);
            took.Add(clock.Elapsed.TotalSeconds);
            rates.Add((ledger.Acknowledged - begun) / clock.Elapsed.TotalSeconds);
            report = await CheckAsync(before, ledger, file, work.File($"judged-{round}"), run.IsGuardOff);
            if (!report.IsClean) break;
        }

        await stop.CancelAsync();
        await Task.WhenAll(loops);
        var figures = report!.Figures();
        figures["backups"] = took.Count;
        figures["slowestSeconds"] = Math.Round(took.Max(), 2);
        figures["pointsPerSecondMeanwhile"] = Math.Round(rates.Average());
        return new ProofOutcome(report.IsClean && report.Acknowledged > 0, figures);
    }

    // Judged by what was acknowledged before it began; what was tried by its end may be there too.
    private static async Task<CheckReport> CheckAsync(string[] before, Ledger ledger, string file, string judged, bool isPlainCopy)
    {
        using var restored = new ProofDirectory();
        using (var all = new StreamReader(new FileStream(ledger.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
        {
            var tried = (await all.ReadToEndAsync()).Split('\n').Where(static line => line.StartsWith('T'));
            await File.WriteAllLinesAsync(judged, before.Where(static line => line.StartsWith('A')).Concat(tried));
        }

        if (isPlainCopy) File.Copy(file, Path.Combine(restored.Path, "livedash.db"));
        else await CommandAsync("restore", file, restored.Path);
        return await Checker.RunAsync(restored.Path, judged);
    }

    private static async Task CommandAsync(string word, string file, string directory)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LiveDashApp).Assembly.Location, word, file, $"--LiveDash:DataDirectory={directory}"]) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The program did not start.");
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{word} ended with {process.ExitCode}: {await said}{complained}");
    }
}
