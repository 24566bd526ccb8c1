namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>
/// Keys of points that live views saw and the store refused, so that they are not seen twice when the sender tries again. At most 262,144: past that the
/// older half is forgotten. Not thread-safe.
/// </summary>
internal sealed class UnkeptKeys
{
    private const int Generation = 131_072;
    private HashSet<PointKey> _newer = [];
    private HashSet<PointKey> _older = [];

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _newer.Count == 0 && _older.Count == 0;

    /// <summary>Adds one.</summary>
    public void Add(PointKey key)
    {
        _newer.Add(key);
        if (_newer.Count < Generation) return;
        _older.Clear();
        (_newer, _older) = (_older, _newer);
    }

    /// <summary>Whether one is in.</summary>
    public bool Contains(PointKey key) => _newer.Contains(key) || _older.Contains(key);

    /// <summary>Takes one out; false where it is not in.</summary>
    public bool Remove(PointKey key) => _newer.Remove(key) | _older.Remove(key);
}
