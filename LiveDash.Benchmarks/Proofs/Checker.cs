using System.Diagnostics;
using System.Text.Json;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Starts the checker as a process of its own: it opens the data itself and asks no server.</summary>
internal static class Checker
{
    /// <summary>Checks a data directory that no server has against a ledger.</summary>
    public static async Task<CheckReport> RunAsync(string directory, string ledger) => (await RunAsync([(directory, ledger)]))[0];

    /// <summary>The same of several, by one process.</summary>
    public static async Task<IReadOnlyList<CheckReport>> RunAsync(IReadOnlyList<(string Directory, string Ledger)> pairs)
    {
        var program = typeof(Checker).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "proof-check", .. pairs.SelectMany(static pair => (string[])[pair.Directory, pair.Ledger])]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The checker did not start.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var reports = said.Split('\n').Where(static line => line.StartsWith('{')).Select(static line => JsonSerializer.Deserialize<CheckReport>(line)!).ToList();
        return reports.Count == pairs.Count ? reports : throw new InvalidOperationException("The checker said: " + said);
    }
}
