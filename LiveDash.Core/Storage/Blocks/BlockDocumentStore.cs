namespace LiveDash.Core.Storage.Blocks;

/// <summary>Keeps documents in the same database as the points. Thread-safe; open once the point store is.</summary>
internal sealed class BlockDocumentStore(StoreEngine engine) : IDocumentStore
{
    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) =>
        engine.IsOpen ? engine.Database.GetDocumentAsync(kind, id, cancellationToken) : Task.FromException<byte[]?>(StoreEngine.NotOpen());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        if (!engine.IsOpen) throw StoreEngine.NotOpen();
        var found = await engine.Database.ListDocumentsAsync(kind, cancellationToken).ConfigureAwait(false);
        // Databases order by UTF-8 bytes, which differs from ordinal order beyond the first 65,536 characters.
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return found;
    }

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => ApplyAsync(changes, ChangeKind.Adds, cancellationToken);

    /// <inheritdoc/>
    public Task ApplyOwedAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => ApplyAsync(changes, ChangeKind.Owes, cancellationToken);

    private Task ApplyAsync(IReadOnlyList<DocumentChange> changes, ChangeKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0) return Task.CompletedTask;
        var frees = changes.All(static change => change.Body is null);
        var work = new ChangeWork(() => engine.Database.WriteDocuments(changes), null, frees ? ChangeKind.Frees : kind);
        return engine.Writer.ChangeAsync(work, cancellationToken);
    }
}
