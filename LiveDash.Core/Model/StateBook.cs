using System.Collections.Concurrent;
using System.Text;

namespace LiveDash.Core.Model;

/// <summary>
/// Which series hold states, and the words of each. A text is stored as the number its series gave it; the words are kept as documents before the first point that needs them, see
/// <see cref="TakeUnkept"/>. Bounds: <see cref="Limits.MaxStates"/> texts a series, <see cref="Limits.MaxStatesInAll"/> in all, <see cref="Limits.MaxStateBytes"/> a text; past them a new text is
/// refused and known ones flow on. All members are thread-safe; looking up a known word takes no lock.
/// </summary>
public sealed class StateBook(Limits limits)
{
    private readonly ConcurrentDictionary<SeriesKey, StateWords> _words = new();
    private readonly Lock _gate = new();
    // By series number; grows with the catalog, whose bound is MaxSeries.
    private SeriesContent[] _contents = new SeriesContent[64];
    // At most one entry a series; emptied by whoever keeps the words.
    private HashSet<SeriesKey> _unkept = [];
    private volatile bool _hasUnkept;
    private int _total;
    private int _version;

    /// <summary>Grows with each new text: whoever shows words asks for them anew when it has.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>True while there are words that are not kept yet.</summary>
    public bool HasUnkept => _hasUnkept;

    /// <summary>What a series holds.</summary>
    public SeriesContent ContentOf(int series)
    {
        var contents = Volatile.Read(ref _contents);
        return (uint)series < (uint)contents.Length ? contents[series] : SeriesContent.Unknown;
    }

    /// <summary>Says what a series holds, if nothing else was said before; false where it holds the other.</summary>
    public bool TryClaim(int series, SeriesContent content)
    {
        if (ContentOf(series) is var known and not SeriesContent.Unknown) return known == content;
        lock (_gate)
        {
            if (series >= _contents.Length)
            {
                var larger = new SeriesContent[Math.Max(series + 1, _contents.Length * 2)];
                _contents.CopyTo(larger, 0);
                Volatile.Write(ref _contents, larger);
            }

            if (_contents[series] == SeriesContent.Unknown) _contents[series] = content;
            return _contents[series] == content;
        }
    }

    /// <summary>The words of a series; null where it has none.</summary>
    public StateWords? Find(SeriesKey key) => _words.GetValueOrDefault(key);

    /// <summary>The words of a series, those that are still to come too.</summary>
    public StateWords WordsOf(SeriesKey key) => _words.GetOrAdd(key, static _ => new StateWords());

    /// <summary>The number of a text, a new one where there is room for it.</summary>
    /// <param name="key">The series.</param>
    /// <param name="text">The text; see <see cref="IsTooLong"/>.</param>
    /// <param name="number">Its number.</param>
    public bool TryNumber(SeriesKey key, ReadOnlySpan<char> text, out int number)
    {
        var words = WordsOf(key);
        if (words.TryFind(text, out number)) return true;
        lock (_gate)
        {
            if (words.TryFind(text, out number)) return true;
            if (words.Texts.Count >= limits.MaxStates || _total >= limits.MaxStatesInAll) return false;
            number = words.Add(text.ToString());
            _total++;
            _unkept.Add(key);
            _hasUnkept = true;
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    /// <summary>Whether a text is longer than a state may be.</summary>
    public bool IsTooLong(ReadOnlySpan<char> text) => text.Length > limits.MaxStateBytes || Encoding.UTF8.GetByteCount(text) > limits.MaxStateBytes;

    /// <summary>Takes over words that were kept, in the order of their numbers, before the first point comes.</summary>
    public void Load(SeriesKey key, IEnumerable<string> texts)
    {
        var words = WordsOf(key);
        lock (_gate)
        {
            foreach (var text in texts)
            {
                words.Add(text);
                _total++;
            }

            Interlocked.Increment(ref _version);
        }
    }

    /// <summary>The series whose words have grown since they were kept; they count as kept from now on. Where keeping fails, <see cref="NotKept"/> takes them back.</summary>
    internal IReadOnlyCollection<SeriesKey> TakeUnkept()
    {
        lock (_gate)
        {
            var taken = _unkept;
            _unkept = [];
            _hasUnkept = false;
            return taken;
        }
    }

    /// <summary>The words of these series could not be kept.</summary>
    internal void NotKept(IEnumerable<SeriesKey> keys)
    {
        lock (_gate)
        {
            _unkept.UnionWith(keys);
            _hasUnkept = true;
        }
    }
}
