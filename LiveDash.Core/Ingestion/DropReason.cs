namespace LiveDash.Core.Ingestion;

/// <summary>Why a good point was lost. The names that senders see are in <see cref="ReasonNames"/>.</summary>
public enum DropReason
{
    /// <summary>The queue, or the source's share of it, had no room.</summary>
    QueueFull,

    /// <summary>More came than a rate allows, by a way on which a sender cannot be slowed.</summary>
    RateLimit,

    /// <summary>The disk is full: live views and rules saw the point, the store did not keep it.</summary>
    StoreFull,

    /// <summary>The store is read-only after a failed sync: live views and rules saw the point, the store did not keep it.</summary>
    StoreUnavailable,

    /// <summary>The store failed in another way, which is in the log.</summary>
    StoreFailed,
}
