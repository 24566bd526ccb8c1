using System.Runtime.CompilerServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Merges the places where a scan's points stand into one order by (time, id): a binary heap of cursors, from whose top runs of points
/// are copied as long as no other cursor comes between. Used by one scan.
/// </summary>
internal sealed class PointMerge(bool descending, bool looksAhead) : IDisposable
{
    private readonly long _mask = descending ? -1 : 0;
    private MergeEntry[] _heap = new MergeEntry[8];
    // What the databases far away are told of; at most BlockLane.MaxAhead.
    private readonly List<BlockHeader> _ahead = new(BlockLane.MaxAhead);
    private int _count;
    private int _opened;

    /// <summary>True to go on without a block that is gone, when nothing can have removed it but damage.</summary>
    public bool SkipsGone { get; set; }

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

    /// <summary>Adds the blocks of a series, unless there are none.</summary>
    public void Add(BlockLane lane)
    {
        if (!lane.IsEmpty) Push(Entry(lane));
    }

    /// <summary>Moves points to the output until it is full, holds so many as wanted, or there are no more.</summary>
    /// <returns>False when a block is gone that was there when the merge was planned: what the output holds is right, the rest needs a new plan.</returns>
    public bool Fill(ScanOutput output, long wanted)
    {
        while (output.Room > 0 && output.Count < wanted && _count > 0)
        {
            if (_heap[0].Source is BlockLane lane)
            {
                if (!Open(lane)) return false;
                continue;
            }

            var cursor = Unsafe.As<ScanCursor>(_heap[0].Source);
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

    // A block's entry comes before all its points, whose ids are greater than the least long.
    private MergeEntry Entry(BlockLane lane) => new(lane.NextTime ^ _mask, long.MinValue, lane);

    private bool Open(BlockLane lane)
    {
        // One that is told of is on its way already.
        _ahead.Clear();
        if (looksAhead && !lane.IsTold) LookAhead();
        _opened++;
        var cursor = lane.Open(_ahead, out var gone);
        if (gone && !SkipsGone) return false;
        if (gone) lane.TellMissing();
        if (lane.IsEmpty) RemoveTop();
        else Down(Entry(lane));
        if (cursor is not null) Add(cursor);
        return true;
    }

    // The first blocks of other series, which come soon if they stand near the top: as many again as were opened so far, so that who asks for little has little read.
    private void LookAhead()
    {
        const int Near = 64;
        var most = Math.Min(_opened, BlockLane.MaxAhead);
        for (var i = 1; i < Math.Min(_count, Near) && _ahead.Count < most; i++)
        {
            if (_heap[i].Source is BlockLane { IsTold: false } beside) _ahead.Add(beside.Tell());
        }
    }

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
