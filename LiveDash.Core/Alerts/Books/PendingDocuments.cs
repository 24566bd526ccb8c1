using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Document changes that wait for the store: of several of one document the last counts, so that what waits is bounded by what there is.
/// Not thread-safe: its owner locks.
/// </summary>
internal sealed class PendingDocuments
{
    private readonly Dictionary<(string Kind, string Id), byte[]?> _changes = [];

    public bool IsEmpty => _changes.Count == 0;

    public void Set(string kind, string id, byte[]? body) => _changes[(kind, id)] = body;

    /// <summary>Makes a deletion of a document that waits to be kept; of one that does not wait nothing changes.</summary>
    public void TakeBack(string kind, string id)
    {
        if (_changes.ContainsKey((kind, id))) _changes[(kind, id)] = null;
    }

    /// <summary>Takes all that waits.</summary>
    public IReadOnlyList<DocumentChange> Take()
    {
        var taken = _changes.Select(static c => new DocumentChange(c.Key.Kind, c.Key.Id, c.Value)).ToList();
        _changes.Clear();
        return taken;
    }

    /// <summary>Puts back what the store could not take; what came meanwhile is newer and stays.</summary>
    public void PutBack(IReadOnlyList<DocumentChange> taken)
    {
        foreach (var change in taken) _changes.TryAdd((change.Kind, change.Id), change.Body);
    }
}
