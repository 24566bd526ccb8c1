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

    /// <summary>Looks at the series that are new, as far as the index says that they may be chosen.</summary>
    /// <returns>True when one of them is chosen.</returns>
    public bool Update()
    {
        var count = catalog.Count;
        if (_seen >= count) return false;
        var chosen = new SortedSet<(int Series, int Query)>();
        for (var query = 0; query < queries.Count; query++)
        {
            foreach (var pattern in queries[query]) Choose(pattern, count, series => chosen.Add((series, query)));
        }

        _seen = count;
        foreach (var one in chosen)
        {
            if (_found.Count < limit) _found.Add(one);
            else More++;
        }

        return chosen.Count > 0;
    }

    private void Choose(SeriesPattern pattern, int count, Action<int> found)
    {
        foreach (var series in catalog.Postings.Narrow(pattern.Conditions, _seen).Span)
        {
            // What came meanwhile is looked at next time.
            if (series >= count) break;
            if (pattern.Matches(catalog[series])) found(series);
        }
    }
}
