using System.Text.Json;
using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>The checker of all proofs, a process of its own: it opens data directories that no server has, and compares what is there with ledgers.</summary>
internal sealed class CheckBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "proof-check";

    /// <inheritdoc/>
    public string About => "the checker of the proofs: DIRECTORY LEDGER, as often as wanted";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        for (var i = 0; i + 1 < args.Length; i += 2) Console.WriteLine(JsonSerializer.Serialize(await CheckAsync(args[i], args[i + 1])));
        return 0;
    }

    private static async Task<CheckReport> CheckAsync(string directory, string ledger)
    {
        var (tried, acknowledged) = Ledger.Read(ledger);
        // Before anything is opened for use, which might mend what it finds.
        var faults = new SqliteMaintenance(directory).Check() ?? [];
        await using var store = ProofStore.At(directory, sealPoints: 1 << 20);
        await store.Points.OpenAsync(default);
        long lost = 0, duplicated = 0, recovered = 0, unexpected = 0, outOfOrder = 0;
        foreach (var (sender, values) in tried)
        {
            var heard = acknowledged.GetValueOrDefault(sender) ?? [];
            var (found, wrong) = await store.ReadAsync(sender);
            var there = found.ToHashSet();
            lost += heard.Count(value => !there.Contains(value));
            duplicated += found.Count - there.Count;
            recovered += there.Count(value => values.Contains(value) && !heard.Contains(value));
            unexpected += wrong + there.Count(value => !values.Contains(value));
            for (var i = 1; i < found.Count; i++)
            {
                if (found[i] < found[i - 1]) outOfOrder++;
            }
        }

        return new CheckReport(tried.Values.Sum(static set => (long)set.Count), acknowledged.Values.Sum(static set => (long)set.Count), lost, duplicated, recovered, unexpected, outOfOrder, faults);
    }
}
