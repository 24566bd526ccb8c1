namespace LiveDash.Benchmarks.Proofs;

/// <summary>A promise of the product put to the test on the built program. A class that implements it is found by itself; it needs a parameterless constructor.</summary>
internal interface IProof
{
    /// <summary>The figure's number in docs/PROOF.md, such as <c>F4</c>.</summary>
    string Figure { get; }

    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence: what is done, and what must hold.</summary>
    string About { get; }

    /// <summary>What <c>--guard-off</c> takes away, so that the proof is seen to fail; null where nothing can be taken away from outside.</summary>
    string? Guard { get; }

    /// <summary>Words for <c>--guard-off=WORD</c> where there is more than one guard, each of which is seen to fail by itself.</summary>
    IReadOnlyList<string> GuardWords => [];

    /// <summary>Runs it.</summary>
    Task<ProofOutcome> RunAsync(ProofRun run);
}
