namespace LiveDash.Core.Query.Live;

/// <summary>A look at a live expression that others may look at too. Thread-safe.</summary>
public sealed class SharedQuery : IDisposable
{
    private readonly SharedEntry _entry;
    private SharedQueries? _owner;

    internal SharedQuery(SharedQueries owner, SharedEntry entry, LiveQuery query) => (_owner, _entry, Query) = (owner, entry, query);

    /// <summary>The expression; not to be disposed by who looks at it.</summary>
    public LiveQuery Query { get; }

    /// <summary>Ends the look; the expression ends with the last one.</summary>
    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Return(_entry);
}
