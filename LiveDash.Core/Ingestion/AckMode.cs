namespace LiveDash.Core.Ingestion;

/// <summary>What a sender waits for.</summary>
public enum AckMode
{
    /// <summary>The answer comes after the store's commit: acknowledged means kept.</summary>
    Stored,

    /// <summary>The answer comes once the batch is queued; a crash may lose it.</summary>
    Received,
}
