namespace LiveDash.Benchmarks.Proofs;

/// <summary>What the checker found on disk against a ledger, in the words of Jepsen. Immutable.</summary>
/// <param name="Attempted">Points that were tried.</param>
/// <param name="Acknowledged">Points whose acknowledgement arrived.</param>
/// <param name="Lost">Acknowledged, and not there.</param>
/// <param name="Duplicated">There more than once: how often too often.</param>
/// <param name="Recovered">Not acknowledged, and there all the same.</param>
/// <param name="Unexpected">There, though nobody tried them, or with another value.</param>
/// <param name="OutOfOrder">Points of one sender that stand behind a later one of its own.</param>
/// <param name="Faults">What the check of the whole database says.</param>
internal sealed record CheckReport(long Attempted, long Acknowledged, long Lost, long Duplicated, long Recovered, long Unexpected, long OutOfOrder, IReadOnlyList<string> Faults)
{
    /// <summary>Nothing lost, doubled, invented, out of order or damaged.</summary>
    public bool IsClean => Lost == 0 && Duplicated == 0 && Unexpected == 0 && OutOfOrder == 0 && Faults.Count == 0;

    /// <summary>As figures.</summary>
    public Dictionary<string, object> Figures() => new()
    {
        ["attempted"] = Attempted, ["acknowledged"] = Acknowledged, ["lost"] = Lost, ["duplicated"] = Duplicated, ["recovered"] = Recovered,
        ["unexpected"] = Unexpected, ["outOfOrder"] = OutOfOrder, ["faults"] = Faults.Take(5).ToArray(),
    };
}
