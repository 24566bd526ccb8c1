using System.Diagnostics;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Killed at every write and every sync of a scripted scenario.</summary>
internal sealed class SyncPointProof : IProof
{
    // Which of the two syncs SQLite calls is decided where it is built.
    private static readonly string[] s_calls = ["fdatasync,fsync", "pwrite64"];

    /// <inheritdoc/>
    public string Figure => "F5";

    /// <inheritdoc/>
    public string Name => "sync-points";

    /// <inheritdoc/>
    public string About => "the store killed by strace at its n-th sync and pwrite64, 75 places each (4 in short): acknowledged is there, database sound";

    /// <inheritdoc/>
    public string Guard => "acknowledge before the commit";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        if (!await Tracer.IsHereAsync()) return ProofOutcome.Skipped("strace is not here, or may not trace");
        var tried = 0;
        var killed = new Dictionary<string, int>();
        var faults = new List<string>();
        var random = new Random(run.Seed);
        foreach (var call in s_calls)
        {
            // Without its guard some places are sound all the same: those of documents.
            for (var i = 0; i < (run.IsGuardOff ? 15 : run.Choose(4, 75)); i++)
            {
                var when = run.IsShort || run.IsGuardOff ? random.Next(2, 60) : i + 1;
                using var data = new ProofDirectory();
                using var work = new ProofDirectory();
                var isKilled = await HostAsync(data.Path, work.File("ledger"), call, when, run.IsGuardOff);
                tried++;
                if (!isKilled) continue;
                killed[call] = killed.GetValueOrDefault(call) + 1;
                var report = await Checker.RunAsync(data.Path, work.File("ledger"));
                if (!report.IsClean) faults.Add($"{call} {when}: lost {report.Lost}, unexpected {report.Unexpected}, {string.Join(" ", report.Faults)}");
                if (run.IsGuardOff && faults.Count > 0) break;
            }
        }

        var isKilledAtEach = Array.TrueForAll(s_calls, killed.ContainsKey) || run.IsGuardOff;
        return new ProofOutcome(faults.Count == 0 && isKilledAtEach, new Dictionary<string, object> { ["tried"] = tried, ["killed"] = killed, ["faults"] = faults });
    }

    // What it says is the ledger: a pipe's end outlives the process that was killed.
    private static async Task<bool> HostAsync(string directory, string ledger, string call, int when, bool isEarly)
    {
        string[] arguments =
        [
            "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=KILL:when={when}", "dotnet", typeof(SyncPointProof).Assembly.Location,
            "proof-host", directory, .. isEarly ? (string[])["--acknowledge-early"] : [],
        ];
        using var process = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        // Cut in the middle of a line counts for nothing.
        await File.WriteAllTextAsync(ledger, said[..(said.LastIndexOf('\n') + 1)]);
        return process.ExitCode != 0;
    }
}
