namespace LiveDash.Core.Model;

/// <summary>
/// Gives each series one of <see cref="Count"/> colours, the same on every panel, page and picture and after every restart: it follows from the series'
/// number in the catalog, which the store keeps, never from what else a chart shows. A series takes the colour that fewest of the same name have, among
/// those the one that fewest of the same family (the name to its first dot) have, and of these the first; so a series that stands alone is blue, and
/// those that share a chart share a colour only past the eighth. A hash of the text was tried and gave three lines two greys as often as not.
/// All members are thread-safe; memory: a byte a series.
/// </summary>
/// <param name="catalog">The series; a colour depends on those with smaller numbers alone.</param>
public sealed class SeriesColors(SeriesCatalog catalog)
{
    /// <summary>How many colours there are.</summary>
    public const int Count = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int[]> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _families = new(StringComparer.Ordinal);
    private readonly List<byte> _given = [];

    /// <summary>The colour of a series, 0 to <see cref="Count"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such series.</exception>
    public int this[int series]
    {
        get
        {
            lock (_gate)
            {
                for (var next = _given.Count; next <= series; next++) _given.Add((byte)Choose_NeedsLock(catalog[next]));
                return _given[series];
            }
        }
    }

    private int Choose_NeedsLock(SeriesKey key)
    {
        var dot = key.Name.IndexOf('.', StringComparison.Ordinal);
        var name = Uses(_names, key.Name);
        var family = Uses(_families, dot < 0 ? key.Name : key.Name[..dot]);
        var best = 0;
        for (var color = 1; color < Count; color++)
        {
            if ((name[color], family[color]).CompareTo((name[best], family[best])) < 0) best = color;
        }

        name[best]++;
        family[best]++;
        return best;
    }

    private static int[] Uses(Dictionary<string, int[]> all, string of)
    {
        if (!all.TryGetValue(of, out var uses)) all.Add(of, uses = new int[Count]);
        return uses;
    }
}
