using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Jobs;

/// <summary>Documents in memory that outlive what uses them, as a disk outlives a process. Thread-safe.</summary>
internal sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Document> _kept = new(StringComparer.Ordinal);

    /// <summary>What the next change fails with, or null.</summary>
    public Exception? Failure { get; set; }

    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_kept.GetValueOrDefault(kind + "/" + id)?.Body);
    }

    public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Document>>([.. _kept.Values.Where(d => d.Kind == kind)]);
    }

    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }

        lock (_gate)
        {
            foreach (var change in changes)
            {
                if (change.Body is null) _kept.Remove(change.Kind + "/" + change.Id);
                else _kept[change.Kind + "/" + change.Id] = new(change.Kind, change.Id, change.Body);
            }
        }

        return Task.CompletedTask;
    }
}
