using LiveDash.Core.Storage;

namespace LiveDash.Tests.Shared;

/// <summary>Documents in memory. Thread-safe.</summary>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Kind, string Id), byte[]> _bodies = new(Comparer<(string Kind, string Id)>.Create(static (a, b) =>
        string.CompareOrdinal(a.Kind, b.Kind) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id)));

    /// <summary>Thrown by changes, as by a full disk; null for none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>True for a full disk: only what frees space is taken.</summary>
    public bool IsFull { get; set; }

    /// <summary>Waited for after changes have been made, before who made them hears of it.</summary>
    public Func<IReadOnlyList<DocumentChange>, Task>? Applied { get; set; }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_bodies.GetValueOrDefault((kind, id)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Document>>(
                [.. _bodies.Where(pair => pair.Key.Kind == kind).Select(static pair => new Document(pair.Key.Kind, pair.Key.Id, pair.Value))]);
        }
    }

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        if (Failure is not null) return Task.FromException(Failure);
        if (IsFull && changes.Any(static change => change.Body is not null)) return Task.FromException(new StoreFullException("The disk is full."));
        lock (_gate)
        {
            foreach (var change in changes)
            {
                if (change.Body is null) _bodies.Remove((change.Kind, change.Id));
                else _bodies[(change.Kind, change.Id)] = change.Body;
            }
        }

        return Applied?.Invoke(changes) ?? Task.CompletedTask;
    }
}
