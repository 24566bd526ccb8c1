namespace LiveDash.Core.Storage.Blocks;

/// <summary>What one scan sees of a store that another process owns; looked at anew where that process sealed or deleted meanwhile. Used by one scan.</summary>
/// <param name="blocks">Reads the bodies.</param>
/// <param name="look">Finds out where the points are now.</param>
internal sealed class StoreImage(BlockSource blocks, Func<StoreIndex> look) : IScanSource
{
    private readonly StoreIndex _first = look();
    private bool _begun;

    /// <summary>What is thrown where the owner seals faster than it can be looked at.</summary>
    public static StoreUnavailableException ChangesTooFast() => new("The database changes faster than it can be read from here; ask the server that owns it.");

    /// <inheritdoc/>
    public BlockSource Blocks => blocks;

    /// <inheritdoc/>
    public long LastId => _first.LastId;

    /// <inheritdoc/>
    public IDisposable BeginScan() => _first.BeginScan();

    /// <inheritdoc/>
    public List<SeriesSnapshot> Snapshot(IReadOnlyList<int> series)
    {
        var index = _begun ? look() : _first;
        _begun = true;
        return index.Snapshot(series, out _);
    }

    /// <inheritdoc/>
    public Task<IDisposable> HoldAsync(CancellationToken cancellationToken) => throw ChangesTooFast();
}
