using System.Collections.Concurrent;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Shared;

/// <summary>Documents kept in memory, for tests of what is kept rather than of keeping. Thread-safe.</summary>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly ConcurrentDictionary<(string Kind, string Id), byte[]> _documents = new();

    /// <summary>Thrown by the next changes, a full disk for instance; null for none.</summary>
    public Exception? Failure { get; set; }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) =>
        Task.FromResult(_documents.GetValueOrDefault((kind, id)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Document>>([.. _documents
            .Where(pair => pair.Key.Kind == kind)
            .OrderBy(pair => pair.Key.Id, StringComparer.Ordinal)
            .Select(pair => new Document(kind, pair.Key.Id, pair.Value))]);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        if (Failure is not null) return Task.FromException(Failure);
        foreach (var change in changes)
        {
            if (change.Body is null) _documents.TryRemove((change.Kind, change.Id), out _);
            else _documents[(change.Kind, change.Id)] = change.Body;
        }

        return Task.CompletedTask;
    }
}
