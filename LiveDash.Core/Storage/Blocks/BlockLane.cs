using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// The sealed blocks of one series that a scan wants, in the order it wants them. Each is read only when the merge has come to its first point.
/// Used by one scan.
/// </summary>
internal sealed class BlockLane
{
    /// <summary>How many blocks a database far away is told of before they are wanted.</summary>
    public const int MaxAhead = 15;

    private readonly int _series;
    private readonly ScanFilter _filter;
    private readonly List<BlockHeader> _blocks = [];
    private readonly BlockSource _source;
    private int _next;

    public BlockLane(SeriesSnapshot series, ScanFilter filter, BlockSource source)
    {
        (_series, _filter, _source) = (series.Series, filter, source);
        var ordered = true;
        foreach (var block in series.Blocks)
        {
            if (!filter.Wants(block)) continue;
            ordered &= _blocks.Count == 0 || (filter.Descending ? block.MaxTime >= _blocks[^1].MaxTime : block.MinTime >= _blocks[^1].MinTime);
            _blocks.Add(block);
        }

        if (filter.Descending) _blocks.Reverse();
        if (ordered) return;
        _blocks.Sort(filter.Descending
            ? static (a, b) => b.MaxTime.CompareTo(a.MaxTime)
            : static (a, b) => a.MinTime.CompareTo(b.MinTime));
    }

    /// <summary>True when all blocks were opened.</summary>
    public bool IsEmpty => _next >= _blocks.Count;

    /// <summary>The time at which the next block must be opened: its first in the order asked for.</summary>
    public long NextTime => _filter.Descending ? _blocks[_next].MaxTime : _blocks[_next].MinTime;

    /// <summary>True once the database was told of the block that is opened next.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The block that is opened next, for the database to be told of.</summary>
    public BlockHeader Tell()
    {
        IsTold = true;
        return _blocks[_next];
    }

    /// <summary>Opens the next block.</summary>
    /// <param name="ahead">What other series' lanes open soon, at most <see cref="MaxAhead"/>; this lane's own that follow are added.</param>
    /// <param name="gone">True where the block is there no longer.</param>
    /// <returns>Null where the block is there no longer: then the scan makes a new plan. A damaged block is left out and reported.</returns>
    public ScanCursor? Open(List<BlockHeader> ahead, out bool gone)
    {
        var block = _blocks[_next++];
        IsTold = false;
        if (!_source.ReadsAhead) return _source.Open(_series, block, _filter, [], out gone);
        // As many again as were wanted so far: who asks for little has little read.
        var own = Math.Min(Math.Min(_next - 1, MaxAhead - ahead.Count), _blocks.Count - _next);
        ahead.AddRange(CollectionsMarshal.AsSpan(_blocks).Slice(_next, own));
        return _source.Open(_series, block, _filter, CollectionsMarshal.AsSpan(ahead), out gone);
    }

    /// <summary>The block that was opened last is gone, and nothing but damage can have removed it.</summary>
    public void TellMissing() => _source.Missing(_series, _blocks[_next - 1]);
}
