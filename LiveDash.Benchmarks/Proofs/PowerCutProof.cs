using System.Diagnostics;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// Power cuts: one run of the store is traced, and disks are made as a cut at any moment may leave them, with every write that was synced, and any of the others,
/// whole or in pieces of 512 bytes. After the idea of SQLite's own test6.c, from outside the process.
/// </summary>
internal sealed class PowerCutProof : IProof
{
    private const int Sector = 512;

    /// <inheritdoc/>
    public string Figure => "F6";

    /// <inheritdoc/>
    public string Name => "power-cuts";

    /// <inheritdoc/>
    public string About => "500 disks (40 in short) as a power cut may leave them, from one traced run: acknowledged is there, database sound";

    /// <inheritdoc/>
    public string Guard => "lose synced writes too, as a disk does that lies about its sync";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        if (!await Tracer.IsHereAsync()) return ProofOutcome.Skipped("strace is not here, or may not trace");
        await TraceAsync(data.Path, work.File("trace"));
        var steps = DiskTrace.Read(work.File("trace"), data.Path).Steps;
        var random = new Random(run.Seed);
        var states = run.Choose(40, 500);
        var pairs = new List<(string Directory, string Ledger)>();
        for (var i = 0; i < states; i++) pairs.Add(await MakeAsync(work.File($"state{i}"), steps, random.Next(1, steps.Count + 1), random, run.IsGuardOff));
        var reports = await Checker.RunAsync(pairs);
        var bad = reports.Select(static (report, number) => (report, number)).Where(static one => !one.report.IsClean).ToList();
        return new ProofOutcome(bad.Count == 0 && reports.Sum(static report => report.Acknowledged) > 0, new Dictionary<string, object>
        {
            ["states"] = states, ["steps"] = steps.Count, ["writes"] = steps.Count(static step => step.Bytes is not null), ["syncs"] = steps.Count(static step => step.IsSync),
            ["lost"] = reports.Sum(static report => report.Lost), ["unsound"] = reports.Count(static report => report.Faults.Count > 0),
            ["bad"] = bad.Take(5).Select(static one => $"state {one.number}: lost {one.report.Lost}, unexpected {one.report.Unexpected}, {string.Join(" ", one.report.Faults.Take(3))}").ToArray(),
        });
    }

    private static async Task TraceAsync(string directory, string trace)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "strace",
            ["-f", "-y", "-xx", "-qq", "-s", "1000000", "-o", trace, "-e", "trace=pwrite64,write,fdatasync,fsync,ftruncate", "dotnet", typeof(PowerCutProof).Assembly.Location, "proof-host", directory])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await said;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("The store did not go through its scenario: " + errors);
    }

    private static async Task<(string Directory, string Ledger)> MakeAsync(string directory, IReadOnlyList<DiskStep> steps, int cut, Random random, bool isLying)
    {
        Directory.CreateDirectory(directory);
        var ledger = Path.Combine(directory, "ledger");
        await File.WriteAllTextAsync(ledger, string.Concat(steps.Take(cut).Select(static step => step.Said)));
        var files = new Dictionary<string, FileStream>(StringComparer.Ordinal);
        for (var i = 0; i < cut; i++)
        {
            if (steps[i] is not { File: { } name, IsSync: false } step) continue;
            var isKept = !isLying && IsSynced(steps, i, cut);
            if (!files.TryGetValue(name, out var file)) files[name] = file = new FileStream(Path.Combine(directory, name), FileMode.OpenOrCreate);
            if (step.Bytes is { } bytes) Write(file, step.Offset, bytes, isKept, random);
            else if (isKept || random.Next(2) == 0) file.SetLength(step.Offset);
        }

        foreach (var file in files.Values) await file.DisposeAsync();
        return (directory, ledger);
    }

    private static bool IsSynced(IReadOnlyList<DiskStep> steps, int at, int cut)
    {
        for (var i = at + 1; i < cut; i++)
        {
            if (steps[i].IsSync && steps[i].File == steps[at].File) return true;
        }

        return false;
    }

    private static void Write(FileStream file, long offset, byte[] bytes, bool isKept, Random random)
    {
        var chance = isKept ? 0 : random.Next(3);
        if (chance == 1) return;
        for (var at = 0; at < bytes.Length; at += Sector)
        {
            if (chance == 2 && random.Next(2) == 0) continue;
            file.Position = offset + at;
            file.Write(bytes, at, Math.Min(Sector, bytes.Length - at));
        }
    }
}
