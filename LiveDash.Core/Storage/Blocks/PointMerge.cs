using System.Runtime.CompilerServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Merges the places where a scan's points stand into one order by (time, id), slice by slice: of each cursor that has some the points up to a bound are copied in one piece, and the slice is put in order as a whole. A merge point by point, by heap or by
/// loser tree, comes back to each of a thousand cursors for every single point, and finds its memory cold each time. Used by one scan.
/// </summary>
internal sealed class PointMerge(bool descending, bool looksAhead) : IDisposable
{
    /// <summary>For how many points a slice is planned: what fits into a core's own cache, and is some points of each of a thousand series.</summary>
    public const int SlicePoints = 16_384;

    // Of more cursors than a slice has points each may give so many, and the slice is longer.
    private const int LeastTurn = 4;

    private readonly long _mask = descending ? -1 : 0;
    private readonly MergeHeap _cursors = new();
    private readonly MergeHeap _lanes = new();
    // Which cursors give to the slice: at most all there are.
    private readonly List<int> _giving = [];
    // What the databases far away are told of; at most BlockLane.MaxAhead.
    private readonly List<BlockHeader> _ahead = new(BlockLane.MaxAhead);
    private readonly MergeOrder _order = new();
    private readonly ScanOutput _slice = new(0);
    // How many points of the slice were handed out.
    private int _given;
    // How many points each cursor gives to the next slice at most.
    private int _turn;
    private int _opened;

    /// <summary>True to go on without a block that is gone, when nothing can have removed it but damage.</summary>
    public bool SkipsGone { get; set; }

    /// <summary>Adds a cursor, unless it has nothing; then it is disposed of, and the answer is false.</summary>
    public bool Add(ScanCursor cursor)
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

        if (loaded) _cursors.Push(Entry(cursor, cursor.Position));
        return loaded;
    }

    /// <summary>Adds the blocks of a series, unless there are none.</summary>
    public void Add(BlockLane lane)
    {
        if (!lane.IsEmpty) _lanes.Push(Entry(lane));
    }

    /// <summary>Moves points to the output until it is full, holds so many as wanted, or there are no more.</summary>
    /// <returns>False when a block is gone that was there when the merge was planned: what the output holds is right, the rest needs a new plan.</returns>
    public bool Fill(ScanOutput output, long wanted)
    {
        while (output.Room > 0 && output.Count < wanted)
        {
            var most = (int)Math.Min(output.Room, wanted - output.Count);
            if (_given < _slice.Count)
            {
                var count = Math.Min(most, _slice.Count - _given);
                output.Take(_slice, _order.Places.Slice(_given, count));
                _given += count;
                continue;
            }

            if (!Plan(wanted - output.Count, out var bound)) return false;
            if (_cursors.Count == 0) break;
            if (_giving.Count == 1) TakeRun(output, bound, most);
            else Gather(bound);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // One that ended while the slice was made stands there without its cursor, where that failed midway.
        foreach (ref readonly var entry in _cursors.Entries) (entry.Source as ScanCursor)?.Dispose();
        _slice.Dispose();
        _order.Dispose();
    }

    private MergeEntry Entry(ScanCursor cursor, int at) => new(cursor.Times[at] ^ _mask, cursor.Ids[at] ^ _mask, cursor);

    // A block's entry comes before all its points, whose ids are greater than the least long.
    private MergeEntry Entry(BlockLane lane) => new(lane.NextTime ^ _mask, long.MinValue, lane);

    // Up to which point the next slice goes, and who gives to it: to the least that a cursor would come to in its turn, so that no cursor gives more than its turn, and one of them gives at least a point.
    // False where a block is gone.
    private bool Plan(long wanted, out MergeEntry bound)
    {
        bound = default;
        _turn = Turn(wanted, _cursors.Count);
        while (true)
        {
            while (_cursors.Count == 0)
            {
                if (_lanes.Count == 0) return true;
                if (!Open(out _)) return false;
            }

            bound = Reach();
            while (_lanes.Count > 0 && _lanes.Entries[0].Before(bound))
            {
                if (!Open(out var opened)) return false;
                if (opened is null) continue;
                var reach = Reach(opened);
                if (reach.Before(bound)) bound = reach;
            }

            _cursors.Above(bound, _giving);
            var fits = Turn(wanted, _giving.Count);
            if (_turn <= fits || _turn <= LeastTurn) return true;
            _turn = fits;
        }
    }

    // How many points each of so many cursors may give.
    private static int Turn(long wanted, int cursors) =>
        (int)Math.Clamp(Math.Min(wanted, SlicePoints) / Math.Max(cursors, 1), Math.Min(wanted, LeastTurn), ScanCursor.GroupPoints);

    // The least of what all cursors reach. One whose next point is behind what another reaches is not looked at.
    private MergeEntry Reach()
    {
        var entries = _cursors.Entries;
        var bound = Reach(Unsafe.As<ScanCursor>(entries[0].Source!));
        _giving.Clear();
        _giving.Add(0);
        for (var i = 0; i < _giving.Count; i++)
        {
            var first = (2 * _giving[i]) + 1;
            for (var child = first; child < Math.Min(first + 2, entries.Length); child++)
            {
                if (bound.Before(entries[child])) continue;
                var reach = Reach(Unsafe.As<ScanCursor>(entries[child].Source!));
                if (reach.Before(bound)) bound = reach;
                _giving.Add(child);
            }
        }

        return bound;
    }

    private MergeEntry Reach(ScanCursor cursor) => Entry(cursor, Math.Min(cursor.Position + _turn, cursor.End) - 1);

    // Of one cursor alone points are in order already.
    private void TakeRun(ScanOutput output, in MergeEntry bound, int most)
    {
        var cursor = Unsafe.As<ScanCursor>(_cursors.Entries[0].Source!);
        output.Take(cursor, Math.Min(Until(cursor, bound), most));
        if (cursor.Position < cursor.End || cursor.Load())
        {
            _cursors.Entries[0] = Entry(cursor, cursor.Position);
            _cursors.Down(0);
            return;
        }

        cursor.Dispose();
        _cursors.Remove(0);
    }

    private void Gather(in MergeEntry bound)
    {
        var entries = _cursors.Entries;
        _slice.Reserve(_giving.Count * _turn);
        foreach (var at in _giving)
        {
            var cursor = Unsafe.As<ScanCursor>(entries[at].Source!);
            _slice.Take(cursor, Until(cursor, bound));
            if (cursor.Position < cursor.End || cursor.Load())
            {
                entries[at] = Entry(cursor, cursor.Position);
                continue;
            }

            cursor.Dispose();
            entries[at] = default;
        }

        // From below, so that under each that is brought to its place all are in theirs.
        for (var i = _giving.Count - 1; i >= 0; i--)
        {
            if (_cursors.Entries[_giving[i]].Source is null) _cursors.Remove(_giving[i]);
            else _cursors.Down(_giving[i]);
        }

        _order.Sort(_slice.Times, _slice.Ids, descending);
        _given = 0;
    }

    // How many points of a cursor come not after a bound: at least 1 of one that gives.
    private int Until(ScanCursor cursor, in MergeEntry bound)
    {
        var (low, high) = (cursor.Position, cursor.End);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var time = cursor.Times[middle] ^ _mask;
            if (time < bound.Time || (time == bound.Time && (cursor.Ids[middle] ^ _mask) <= bound.Id)) low = middle + 1;
            else high = middle;
        }

        return low - cursor.Position;
    }

    // Opens the block that comes first. False where it is gone; nothing was opened where it is damaged or has no wanted point.
    private bool Open(out ScanCursor? opened)
    {
        var lane = Unsafe.As<BlockLane>(_lanes.Entries[0].Source!);
        // One that is told of is on its way already.
        _ahead.Clear();
        if (looksAhead && !lane.IsTold) LookAhead();
        _opened++;
        opened = lane.Open(_ahead, out var gone);
        if (gone && !SkipsGone) return false;
        if (gone) lane.TellMissing();
        if (lane.IsEmpty)
        {
            _lanes.Remove(0);
        }
        else
        {
            _lanes.Entries[0] = Entry(lane);
            _lanes.Down(0);
        }

        if (opened is not null && !Add(opened)) opened = null;
        return true;
    }

    // The first blocks of other series, which come soon if they stand near the top: as many again as were opened so far, so that who asks for little has little read.
    private void LookAhead()
    {
        const int Near = 64;
        var most = Math.Min(_opened, BlockLane.MaxAhead);
        var entries = _lanes.Entries;
        for (var i = 1; i < Math.Min(entries.Length, Near) && _ahead.Count < most; i++)
        {
            if (entries[i].Source is BlockLane { IsTold: false } beside) _ahead.Add(beside.Tell());
        }
    }
}
