namespace LiveDash.Core.Storage;

/// <summary>That some of what is stored are summaries. Immutable.</summary>
/// <param name="Step">Of what length, the coarsest of them.</param>
/// <param name="Until">The last of their times in UTC ticks: what comes after it is kept as it came.</param>
public readonly record struct StoredSummaries(TimeSpan Step, long Until)
{
    /// <summary>The coarser and later of two, either of which may be missing.</summary>
    public static StoredSummaries? Both(StoredSummaries? one, StoredSummaries? other) =>
        one is not { } a ? other : other is not { } b ? one : new(a.Step > b.Step ? a.Step : b.Step, Math.Max(a.Until, b.Until));

    /// <summary>The coarsest and latest of several, any of which may be missing; null where all are.</summary>
    public static StoredSummaries? OfAll(IEnumerable<StoredSummaries?> all) => all.Aggregate((StoredSummaries?)null, Both);

    /// <summary>For people: <c>up to 2026-01-01 12:00 UTC kept as summaries of 1h</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"up to {new DateTime(Until, DateTimeKind.Utc):yyyy-MM-dd HH:mm} UTC kept as summaries of {StorageTiers.Text(Step.Ticks)}");
}
