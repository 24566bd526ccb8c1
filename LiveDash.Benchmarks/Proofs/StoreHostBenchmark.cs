namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// The store alone, without the web app, going through a scenario and saying on its output what it was acknowledged: for a tracer to kill at any system call.
/// </summary>
internal sealed class StoreHostBenchmark : IBenchmark
{
    private const int Steps = 20;
    private const int Points = 50;

    /// <inheritdoc/>
    public string Name => "proof-host";

    /// <inheritdoc/>
    public string About => "for proof sync-points: the store alone in a scripted scenario, DIRECTORY [--acknowledge-early]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var isEarly = args.Contains("--acknowledge-early");
        await using var store = ProofStore.At(args[0], sealPoints: 200);
        await store.Points.OpenAsync(default);
        var series = store.Series("proof.0");
        await using var said = Console.OpenStandardOutput();
        await using var output = new StreamWriter(said) { AutoFlush = true };
        for (var step = 0; step < Steps; step++)
        {
            var first = step * Points;
            await output.WriteLineAsync($"T 0 {first} {Points}");
            if (isEarly) await output.WriteLineAsync($"A 0 {first} {Points}");
            await store.AppendAsync(series, first, Points);
            if (!isEarly) await output.WriteLineAsync($"A 0 {first} {Points}");
            await store.Documents.ApplyAsync([new("proof", "step", [(byte)step])], default);
            if (step % 6 == 5) await store.SealAsync();
        }

        return 0;
    }
}
