using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Model;

/// <summary>
/// Interns series: each <see cref="SeriesKey"/> gets a small integer, counted from 0, that never changes and is never used again.
/// Bounded by <see cref="Limits.MaxSeries"/>: a new series past it is refused, known ones flow on. All members are thread-safe;
/// look-ups take no lock.
/// </summary>
public sealed class SeriesCatalog(Limits limits)
{
    private readonly ConcurrentDictionary<SeriesKey, int> _ids = new();
    private readonly Lock _gate = new();
    private SeriesKey[] _keys = new SeriesKey[64];
    private volatile int _count;
    private SeriesColors? _colors;
    private SeriesPostings? _postings;

    /// <summary>How many series there are. It only grows, so a reader that has seen n may ask for n.. to learn what is new.</summary>
    public int Count => _count;

    /// <summary>Which colour of the palette each series has, on every panel, page and picture.</summary>
    public SeriesColors Colors => _colors ?? Interlocked.CompareExchange(ref _colors, new SeriesColors(this), null) ?? _colors;

    /// <summary>Which series have which name and tags; one for all who ask.</summary>
    public SeriesPostings Postings => _postings ?? Interlocked.CompareExchange(ref _postings, new SeriesPostings(this), null) ?? _postings;

    /// <summary>Which series hold states, and their words.</summary>
    public StateBook States { get; } = new(limits);

    /// <summary>The key of a series.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such series.</exception>
    public SeriesKey this[int series]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(series);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(series, _count);
            return Volatile.Read(ref _keys)[series];
        }
    }

    /// <summary>Finds a known series.</summary>
    public bool TryFind(SeriesKey key, out int series) => _ids.TryGetValue(key, out series);

    /// <summary>Finds a known series by its canonical text.</summary>
    public bool TryFind(string text, out int series)
    {
        series = -1;
        return SeriesKey.TryParse(text, out var key) && TryFind(key!, out series);
    }

    /// <summary>Finds a series or adds it; false only where it is new and <see cref="Limits.MaxSeries"/> is reached.</summary>
    public bool TryIntern(SeriesKey key, out int series)
    {
        if (_ids.TryGetValue(key, out series)) return true;
        lock (_gate)
        {
            if (_ids.TryGetValue(key, out series)) return true;
            if (_count >= limits.MaxSeries) return false;
            series = Add_NeedsLock(key);
            return true;
        }
    }

    /// <summary>Takes over what a store has kept, in the order of its numbers, before anything else is interned.</summary>
    /// <exception cref="InvalidOperationException">The catalog already holds series.</exception>
    public void Load(IEnumerable<SeriesKey> keys)
    {
        lock (_gate)
        {
            if (_count > 0) throw new InvalidOperationException("The catalog is loaded before the first point, or not at all.");
            foreach (var key in keys) Add_NeedsLock(key);
        }
    }

    /// <summary>By what one series is shown where a pattern may choose several: by the one that it spells without further tags, where there is that one; else by the pattern.</summary>
    public SeriesPattern One(SeriesPattern pattern) => pattern.Spelled is { } spelled && TryFind(spelled.ExactKey, out _) ? spelled : pattern;

    /// <summary>Every series whose name and tags match; see <see cref="SeriesPattern"/>. In the order of their numbers.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "The caller owns the list.")]
    public List<int> Match(SeriesPattern pattern)
    {
        var found = new List<int>();
        if (pattern.IsExact)
        {
            if (TryFind(pattern.ExactKey, out var one)) found.Add(one);
            return found;
        }

        var candidates = Postings.Narrow(pattern.Conditions).Span;
        var keys = Volatile.Read(ref _keys);
        foreach (var one in candidates)
        {
            if (pattern.Matches(keys[one])) found.Add(one);
        }

        return found;
    }

    private int Add_NeedsLock(SeriesKey key)
    {
        var series = _count;
        if (series == _keys.Length)
        {
            var larger = new SeriesKey[series * 2];
            Array.Copy(_keys, larger, series);
            Volatile.Write(ref _keys, larger);
        }

        _keys[series] = key;
        _count = series + 1;
        _ids[key] = series;
        return series;
    }
}
