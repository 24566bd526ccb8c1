namespace LiveDash.Core.Ingestion;

/// <summary>What became of a queued batch.</summary>
public enum StoreOutcome
{
    /// <summary>Committed.</summary>
    Kept,

    /// <summary>Not kept: no space.</summary>
    Full,

    /// <summary>Not kept: the store is read-only.</summary>
    Unavailable,

    /// <summary>Not kept: the store failed in a way it did not name.</summary>
    Failed,
}
