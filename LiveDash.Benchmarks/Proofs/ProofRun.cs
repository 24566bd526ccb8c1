namespace LiveDash.Benchmarks.Proofs;

/// <summary>How a proof is to be run. Immutable.</summary>
/// <param name="IsShort">A form of about half a minute, which asserts losses and order alone.</param>
/// <param name="Seed">Decides all that is left to chance.</param>
/// <param name="IsGuardOff">The guard is taken away: then the proof must fail.</param>
/// <param name="GuardWord">Which of its guards is, where it has several: one of <see cref="IProof.GuardWords"/>; empty for the first.</param>
internal sealed record ProofRun(bool IsShort, int Seed, bool IsGuardOff, string GuardWord = "")
{
    /// <summary>The first of two numbers in the short form, else the second.</summary>
    public int Choose(int inShort, int inFull) => IsShort ? inShort : inFull;
}
