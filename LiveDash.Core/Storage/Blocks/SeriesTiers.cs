using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The tiers of each series, looked for once. Bounded by the catalog. Used by one at a time, whoever has the keeper's turn.</summary>
internal sealed class SeriesTiers(StorageTiers tiers, SeriesCatalog catalog)
{
    private readonly List<IReadOnlyList<StorageTier>> _found = [];

    /// <summary>Whether no series is downsampled.</summary>
    public bool IsEmpty => tiers.IsEmpty;

    /// <summary>Those of a series, from the finest; none where it is not downsampled.</summary>
    public IReadOnlyList<StorageTier> Of(int series)
    {
        while (_found.Count <= series) _found.Add(tiers.Find(catalog[_found.Count]));
        return _found[series];
    }
}
