namespace LiveDash.Benchmarks.Proofs;

/// <summary>What a proof came to. Immutable.</summary>
/// <param name="Holds">Whether the promise held; null where it could not be tried here, with the reason among the figures.</param>
/// <param name="Figures">What was measured, by name.</param>
internal sealed record ProofOutcome(bool? Holds, IReadOnlyDictionary<string, object> Figures)
{
    /// <summary>It cannot be tried on this machine.</summary>
    public static ProofOutcome Skipped(string reason) => new(null, new Dictionary<string, object> { ["skipped"] = reason });
}
