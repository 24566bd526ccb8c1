using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>
/// Follows which series patterns choose, as new series appear: each call looks only at what is new. Not thread-safe.
/// Bounded: it stops at <paramref name="limit"/> series and counts the rest.
/// </summary>
internal sealed class SeriesMatcher(SeriesCatalog catalog, IReadOnlyList<SeriesPattern> patterns, int limit)
{
    private readonly List<int> _found = [];
    private int _seen;

    /// <summary>The series chosen, in the order of their numbers.</summary>
    public IReadOnlyList<int> Found => _found;

    /// <summary>How many more there are than the limit allows.</summary>
    public int More { get; private set; }

    /// <summary>Looks at the series that are new.</summary>
    /// <returns>True when one of them is chosen.</returns>
    public bool Update()
    {
        var changed = false;
        for (var count = catalog.Count; _seen < count; _seen++)
        {
            var key = catalog[_seen];
            var chosen = false;
            foreach (var pattern in patterns) chosen |= pattern.Matches(key);
            if (!chosen) continue;
            changed = true;
            if (_found.Count < limit) _found.Add(_seen);
            else More++;
        }

        return changed;
    }
}
