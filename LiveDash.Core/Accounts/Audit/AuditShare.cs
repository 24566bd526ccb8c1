namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// A share of the audit: entries of one sort, in a chain of hashes of their own, with a bound of their own, so that those that anybody can cause push out none of another share. Not thread-safe.
/// </summary>
/// <param name="kind">The kind of its documents.</param>
/// <param name="most">How many entries are kept.</param>
internal sealed class AuditShare(string kind, int most)
{
    private static readonly string s_first = new('0', 64);

    // Bounded by most.
    private readonly List<AuditEntry> _entries = [];

    /// <summary>The kind of its documents.</summary>
    public string Kind => kind;

    /// <summary>The hash that the next entry names as the one before it.</summary>
    public string LastHash => _entries.Count > 0 ? _entries[^1].Hash : s_first;

    /// <summary>The number of the newest entry; 0 for none.</summary>
    public long LastNumber => _entries.Count > 0 ? _entries[^1].Number : 0;

    /// <summary>Adds some, in the order of their numbers.</summary>
    public void Add(params IEnumerable<AuditEntry> entries) => _entries.AddRange(entries);

    /// <summary>The newest that are chosen, the newest first.</summary>
    public IEnumerable<AuditEntry> Find(AuditFilter filter, int count) => Enumerable.Reverse(_entries).Where(filter.Matches).Take(count);

    /// <summary>Those that go off the old end: what is older than a time, and where one is to be added beyond the bound, a fortieth of it at once.</summary>
    public IReadOnlyList<AuditEntry> Old(DateTimeOffset oldest, bool isGrowing)
    {
        var count = _entries.TakeWhile(entry => entry.At < oldest).Count();
        if (isGrowing && _entries.Count - count >= most) count += Math.Max(1, most / 40);
        return _entries.GetRange(0, Math.Min(count, _entries.Count));
    }

    /// <summary>Takes some off the old end.</summary>
    public void RemoveOld(int count) => _entries.RemoveRange(0, count);

    /// <summary>The number of the first entry that is not as it was written or whose neighbour is missing; null where all is as it was.</summary>
    public long? Broken()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Hash != entry.ComputeHash()) return entry.Number;
            if (i > 0 && (entry.Previous != _entries[i - 1].Hash || entry.Number <= _entries[i - 1].Number)) return entry.Number;
        }

        return _entries.Count > 0 && _entries[0].Number == 1 && _entries[0].Previous != s_first ? 1 : null;
    }
}
