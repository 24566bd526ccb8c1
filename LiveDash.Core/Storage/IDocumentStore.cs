namespace LiveDash.Core.Storage;

/// <summary>
/// Keeps small documents (settings, dashboards, rules, alerts, jobs with their images) by kind and id. All members are thread-safe.
/// </summary>
public interface IDocumentStore
{
    /// <summary>One document's bytes, or null.</summary>
    Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Every document of a kind, ordered by id (ordinal).</summary>
    Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Makes all the changes in one transaction, in order; completes once they are on disk.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken);

    /// <summary>
    /// The same for what must not wait for space, such as alerts and the notices they owe: a full disk gives up its reserve for it. A store that has none takes it as any other.
    /// </summary>
    /// <exception cref="StoreFullException">There is no space, and no reserve; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    Task ApplyOwedAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => ApplyAsync(changes, cancellationToken);
}
