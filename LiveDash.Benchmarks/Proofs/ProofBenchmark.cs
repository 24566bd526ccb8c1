using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Runs proofs and prints each figure as one line of JSON, with what is needed to repeat it.</summary>
internal sealed class ProofBenchmark : IBenchmark
{
    private const string GuardOff = "--guard-off=";
    private static readonly IReadOnlyList<IProof> s_proofs =
    [
        .. typeof(IProof).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IProof)))
            .Select(static type => (IProof)Activator.CreateInstance(type)!)
            .OrderBy(static proof => int.Parse(proof.Figure[1..], CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public string Name => "proof";

    /// <inheritdoc/>
    public string About => "promises put to the test on the built program: NAME, 'all' or nothing for the list [--short] [--seed 1] [--guard-off[=WORD]]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var word = args.FirstOrDefault(static arg => !arg.StartsWith("--", StringComparison.Ordinal)) ?? "";
        var chosen = s_proofs.Where(proof => word == "all" || string.Equals(proof.Name, word, StringComparison.OrdinalIgnoreCase) || string.Equals(proof.Figure, word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0)
        {
            foreach (var proof in s_proofs) Console.WriteLine($"  {proof.Figure,-4} {proof.Name,-12} {proof.About}{(proof.Guard is null ? "" : $" --guard-off: {proof.Guard}.")}");
            return word.Length == 0 ? 0 : 2;
        }

        var guard = args.FirstOrDefault(static arg => arg == "--guard-off" || arg.StartsWith(GuardOff, StringComparison.Ordinal));
        var run = new ProofRun(args.Contains("--short"), LoadBenchmark.Option(args, "--seed", 1), guard is not null, guard?.StartsWith(GuardOff, StringComparison.Ordinal) == true ? guard[GuardOff.Length..] : "");
        var failed = 0;
        if (run.IsGuardOff) chosen.RemoveAll(proof => proof.Guard is null || (run.GuardWord.Length > 0 && !proof.GuardWords.Contains(run.GuardWord)));
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"No proof chosen has the guard '{run.GuardWord}'.");
            return 2;
        }

        foreach (var proof in chosen)
        {
            if (!await RunAsync(proof, run)) failed++;
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> RunAsync(IProof proof, ProofRun run)
    {
        var clock = Stopwatch.StartNew();
        ProofOutcome outcome;
        var isStopped = false;
        try
        {
            outcome = await proof.RunAsync(run);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            isStopped = true;
            outcome = new ProofOutcome(false, new Dictionary<string, object> { ["stopped"] = e.ToString() });
        }

        // With its guard off a proof is worth something only if it fails, and by what it is about.
        var isGood = !isStopped && (outcome.Holds is null || outcome.Holds == !run.IsGuardOff);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            proof = proof.Figure,
            name = proof.Name,
            holds = outcome.Holds,
            guard = !run.IsGuardOff ? "on" : run.GuardWord.Length > 0 ? run.GuardWord + " off" : "off",
            figures = outcome.Figures,
            form = run.IsShort ? "short" : "full",
            seed = run.Seed,
            seconds = Math.Round(clock.Elapsed.TotalSeconds, 1),
            commit = typeof(ProofBenchmark).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            runtime = RuntimeInformation.FrameworkDescription,
            sqlite = SqliteNative.Version,
            cores = Environment.ProcessorCount,
        }));
        if (!isGood) Console.WriteLine($"{proof.Figure} {proof.Name}: {(isStopped ? "STOPPED BEFORE ITS END" : run.IsGuardOff ? "holds though its guard is off, so it proves nothing" : "DOES NOT HOLD")}");
        return isGood;
    }
}
