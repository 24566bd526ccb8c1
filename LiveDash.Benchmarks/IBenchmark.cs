namespace LiveDash.Benchmarks;

/// <summary>A subcommand of the benchmark program. A class that implements it is found by itself; it needs a parameterless constructor.</summary>
internal interface IBenchmark
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence: what it measures, against what.</summary>
    string About { get; }

    /// <summary>Measures and prints; returns the exit code, 0 where it could measure (a missed budget is printed, not a failure).</summary>
    Task<int> RunAsync(string[] args);
}
