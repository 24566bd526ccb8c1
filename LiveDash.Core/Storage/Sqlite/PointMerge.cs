namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Merges the places where a scan's points stand into one order by (time, id): a binary heap of cursors, from whose top runs of points
/// are copied as long as no other cursor comes between. Used by one scan.
/// </summary>
internal sealed class PointMerge(bool descending) : IDisposable
{
    private readonly long _mask = descending ? -1 : 0;
    private MergeEntry[] _heap = new MergeEntry[8];
    private int _count;

    /// <summary>Adds a cursor, unless it has nothing.</summary>
    public void Add(ScanCursor cursor)
    {
        var loaded = false;
        try
        {
            loaded = cursor.Load();
        }
        finally
        {
            if (!loaded) cursor.Dispose();
        }

        if (loaded) Push(Entry(cursor));
    }

    /// <summary>Moves points to the output until it is full or holds so many as wanted; false when there are no more.</summary>
    public bool Fill(ScanOutput output, long wanted)
    {
        while (output.Room > 0 && output.Count < wanted)
        {
            if (_count == 0) return false;
            var cursor = (ScanCursor)_heap[0].Source;
            var most = (int)Math.Min(Math.Min(output.Room, cursor.End - cursor.Position), wanted - output.Count);
            output.Take(cursor, _count == 1 ? most : Run(cursor, most));
            Advance(cursor);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _count; i++) (_heap[i].Source as ScanCursor)?.Dispose();
        _count = 0;
    }

    private MergeEntry Entry(ScanCursor cursor) =>
        new(cursor.Times[cursor.Position] ^ _mask, cursor.Ids[cursor.Position] ^ _mask, cursor);

    // How many points of the first cursor come before every other one: at least 1.
    private int Run(ScanCursor cursor, int most)
    {
        ref readonly var next = ref _heap[_count > 2 && _heap[2].Before(_heap[1]) ? 2 : 1];
        var run = 1;
        var at = cursor.Position;
        while (run < most)
        {
            var time = cursor.Times[at + run] ^ _mask;
            if (time > next.Time || (time == next.Time && (cursor.Ids[at + run] ^ _mask) > next.Id)) break;
            run++;
        }

        return run;
    }

    private void Advance(ScanCursor cursor)
    {
        if (cursor.Position < cursor.End || cursor.Load())
        {
            Down(Entry(cursor));
            return;
        }

        cursor.Dispose();
        RemoveTop();
    }

    private void RemoveTop()
    {
        var last = _heap[--_count];
        _heap[_count] = default;
        if (_count > 0) Down(last);
    }

    private void Push(MergeEntry entry)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        var i = _count++;
        while (i > 0)
        {
            var parent = (i - 1) / 2;
            if (!entry.Before(_heap[parent])) break;
            _heap[i] = _heap[parent];
            i = parent;
        }

        _heap[i] = entry;
    }

    // Puts an entry in the place of the first one.
    private void Down(MergeEntry entry)
    {
        var i = 0;
        while (true)
        {
            var child = (2 * i) + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _heap[child + 1].Before(_heap[child])) child++;
            if (!_heap[child].Before(entry)) break;
            _heap[i] = _heap[child];
            i = child;
        }

        _heap[i] = entry;
    }
}
