using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The tiers of each series, looked for once. Bounded by the catalog. Used by one at a time, whoever has the keeper's turn; <see cref="Current"/> may be changed by anybody.</summary>
internal sealed class SeriesTiers(StorageTiers tiers, SeriesCatalog catalog)
{
    private readonly List<IReadOnlyList<StorageTier>> _found = [];
    private StorageTiers _of = tiers;
    private volatile StorageTiers _current = tiers;

    /// <summary>Which are in force.</summary>
    public StorageTiers Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Whether no series is downsampled.</summary>
    public bool IsEmpty => _current.IsEmpty;

    /// <summary>Those of a series, from the finest; none where it is not downsampled.</summary>
    public IReadOnlyList<StorageTier> Of(int series)
    {
        if (_of != _current)
        {
            _of = _current;
            _found.Clear();
        }

        while (_found.Count <= series) _found.Add(_of.Find(catalog[_found.Count]));
        return _found[series];
    }
}
