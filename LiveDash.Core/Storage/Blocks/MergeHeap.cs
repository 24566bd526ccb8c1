namespace LiveDash.Core.Storage.Blocks;

/// <summary>A binary heap of places in a merge, the least on top. What comes before some key is a tree at its top, which <see cref="Above"/> finds without a look at the others. Used by one scan.</summary>
internal sealed class MergeHeap
{
    private MergeEntry[] _entries = new MergeEntry[8];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them: the two under one at <c>i</c> stand at <c>2i + 1</c> and <c>2i + 2</c>. Who puts a greater one in the place of another says so by <see cref="Down"/>.</summary>
    public Span<MergeEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Adds one.</summary>
    public void Push(MergeEntry entry)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        var i = Count++;
        while (i > 0)
        {
            var parent = (i - 1) / 2;
            if (!entry.Before(_entries[parent])) break;
            _entries[i] = _entries[parent];
            i = parent;
        }

        _entries[i] = entry;
    }

    /// <summary>Brings one to its place that became greater, where all below it are in theirs.</summary>
    public void Down(int at)
    {
        var entry = _entries[at];
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _entries[child + 1].Before(_entries[child])) child++;
            if (!_entries[child].Before(entry)) break;
            _entries[at] = _entries[child];
            at = child;
        }

        _entries[at] = entry;
    }

    /// <summary>Takes one out, where all below it are in their places. What comes in its place may belong above it: as long as those above are brought to theirs afterwards, all are.</summary>
    public void Remove(int at)
    {
        var last = _entries[--Count];
        _entries[Count] = default;
        if (at == Count) return;
        _entries[at] = last;
        Down(at);
    }

    /// <summary>Where those stand that come not after a key, ascending.</summary>
    public void Above(in MergeEntry key, List<int> found)
    {
        found.Clear();
        if (Count == 0 || key.Before(_entries[0])) return;
        found.Add(0);
        for (var i = 0; i < found.Count; i++)
        {
            var child = (2 * found[i]) + 1;
            if (child < Count && !key.Before(_entries[child])) found.Add(child);
            if (++child < Count && !key.Before(_entries[child])) found.Add(child);
        }
    }
}
