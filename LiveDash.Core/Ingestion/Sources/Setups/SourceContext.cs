namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>One run of one source. Used by its loop alone.</summary>
public sealed class SourceContext(SourceKind kind, SourceSetup setup, SourceParts parts, SourceState state)
{
    /// <summary>Its name.</summary>
    public string Name => setup.Name;

    /// <summary>Its settings.</summary>
    public SourceValues Values { get; } = new(kind, setup.Values);

    /// <summary>What every source needs.</summary>
    public SourceParts Parts { get; } = parts;

    /// <summary>Its account.</summary>
    public SourceLedger Ledger { get; } = parts.Sources.Get(kind.Name, setup.Name);

    /// <summary>How it does, for the page.</summary>
    public SourceState State { get; } = state;

    /// <summary>The clock, in UTC ticks.</summary>
    public long Now => Parts.Time.GetUtcNow().UtcTicks;

    /// <summary>A session that waits for room as long as it takes: for sources that can be slowed.</summary>
    public IngestSession Session() => new(Parts.Pipeline, Ledger, Parts.Time, Timeout.InfiniteTimeSpan);

    /// <summary>A session that drops, and counts, what there is no room for.</summary>
    public IngestSession HastySession() => new(Parts.Pipeline, Ledger, Parts.Time, TimeSpan.Zero);
}
