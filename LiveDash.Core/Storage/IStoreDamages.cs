namespace LiveDash.Core.Storage;

/// <summary>What was found damaged on disk, kept until long after somebody has taken note of it. All members are thread-safe.</summary>
public interface IStoreDamages
{
    /// <summary>All that is known, the newest first.</summary>
    IReadOnlyList<StoreDamage> Damages { get; }

    /// <summary>Takes note of one; false where there is none of that name.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    Task<bool> AcknowledgeAsync(string id, CancellationToken cancellationToken);
}
