using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>
/// Follows which series the queries of a panel choose by their patterns, as new series appear: each call looks only at what is new. Not thread-safe.
/// Bounded: it stops at <paramref name="limit"/> choices and counts the rest.
/// </summary>
internal sealed class SeriesMatcher(SeriesCatalog catalog, IReadOnlyList<IReadOnlyList<SeriesPattern>> queries, int limit)
{
    private readonly List<(int Series, int Query)> _found = [];
    private int _seen;

    /// <summary>What was chosen: by the numbers of the series, those of a series by their queries.</summary>
    public IReadOnlyList<(int Series, int Query)> Found => _found;

    /// <summary>How many more there are than the limit allows.</summary>
    public int More { get; private set; }

    /// <summary>Looks at the series that are new.</summary>
    /// <returns>True when one of them is chosen.</returns>
    public bool Update()
    {
        var changed = false;
        for (var count = catalog.Count; _seen < count; _seen++)
        {
            for (var query = 0; query < queries.Count; query++)
            {
                if (!Matches(queries[query], catalog[_seen])) continue;
                changed = true;
                if (_found.Count < limit) _found.Add((_seen, query));
                else More++;
            }
        }

        return changed;
    }

    private static bool Matches(IReadOnlyList<SeriesPattern> patterns, SeriesKey key)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(key)) return true;
        }

        return false;
    }
}
