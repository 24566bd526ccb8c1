using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// The values of a window in order, in blocks of up to 64 within one flat array: exact order statistics. Entering and leaving compare with one
/// block by vectors (<see cref="BlockMath"/>), a rank costs O(log n), and both O(n/64) additions of whole vectors for the ranks behind.
/// Nothing is allocated while the size is steady.
/// </summary>
internal sealed class SortedBlocks : PointTracker
{
    private const int Capacity = BlockMath.Capacity;

    // Ranks past the last block; no window has as many points.
    private const int Beyond = 1 << 30;

    private double[] _values = [];
    private int[] _places = [];
    private int[] _counts = [];
    private double[] _greatest = [];
    private int[] _before = [];
    private int _used;
    private int _nearBelow;

    /// <summary>How many values are in.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a rank, 0 for the least.</summary>
    public double this[int rank]
    {
        get
        {
            var block = BlockOf(rank);
            return ValueAt(block, rank - _before[block]);
        }
    }

    public override void Reset()
    {
        while (_used > 0) Close(_used - 1);
        Count = 0;
    }

    public override void Add(double value)
    {
        // Both zeros are one value.
        value += 0.0;
        if (_used == 0) Open(0);
        var at = Math.Min(CountBelow(value), _used - 1);
        if (_counts[at] == Capacity)
        {
            Split(at);
            if (value > _greatest[at]) at++;
        }

        BlockMath.Insert(ref Block(at), value);
        _counts[at]++;
        _greatest[at] = double.MaxNative(_greatest[at], value);
        Count++;
        Shift(at, 1);
    }

    public override void Remove(double value)
    {
        value += 0.0;
        var at = CountBelow(value);
        BlockMath.Remove(ref Block(at), value);
        var n = --_counts[at];
        Count--;
        Shift(at, -1);
        if (n == 0)
        {
            Close(at);
            return;
        }

        _greatest[at] = ValueAt(at, n - 1);
        if (n < Capacity / 4) JoinNext(at);
    }

    /// <summary>The percentile, 0 to 100, interpolated linearly between ranks; at least one value.</summary>
    public double Percentile(double percent)
    {
        var (rank, part) = RankMath.Rank(Count, percent);
        var at = BlockOf(rank);
        var within = rank - _before[at];
        var low = ValueAt(at, within);
        if (part == 0) return low;
        return RankMath.Between(low, within + 1 < _counts[at] ? ValueAt(at, within + 1) : ValueAt(at + 1, 0), part);
    }

    /// <summary>The median absolute deviation from the median: of two sorted runs of deviations the middle ones, O(log n) ranks.</summary>
    public double Mad(double median)
    {
        // Of the values nearest to the median some lie below it and the rest not; the split found last time is nearly right.
        var need = ((Count - 1) / 2) + 1;
        var split = RankOf(median);
        var low = Math.Max(0, need - (Count - split));
        var high = Math.Min(need, split);
        var step = 1;
        for (var probe = _nearBelow; low < high; probe = (low + high) / 2)
        {
            // Near the last split first, by strides that double; from then on by halves.
            probe = Math.Clamp(probe, low, high - 1);
            if (TakesMore(split, need, median, probe))
            {
                low = probe + 1;
                if (low + step < high && !TakesMore(split, need, median, low + step)) high = low + step;
            }
            else
            {
                high = probe;
                if (high - step > low && TakesMore(split, need, median, high - step - 1)) low = high - step;
            }

            step *= 8;
        }

        _nearBelow = low;
        var lower = 0.0;
        if (low > 0) lower = median - this[split - low];
        if (need > low) lower = Math.Max(lower, this[split + need - low - 1] - median);
        if ((Count & 1) == 1) return WindowFigures.Finite(lower);
        var nextBelow = low < split ? median - this[split - low - 1] : double.PositiveInfinity;
        var nextAbove = split + need - low < Count ? this[split + need - low] - median : double.PositiveInfinity;
        return WindowFigures.Finite(RankMath.Between(WindowFigures.Finite(lower), WindowFigures.Finite(Math.Min(nextBelow, nextAbove)), 0.5));
    }

    // One more from below is right as long as it is nearer than the furthest taken from above.
    private bool TakesMore(int split, int need, double median, int below) =>
        this[split + need - 1 - below] - median > median - this[split - below - 1];

    private ref double Block(int at) => ref _values[_places[at]];

    private double ValueAt(int block, int within) => _values[_places[block] + 1 + within];

    // Which block has the rank: the ranks before the blocks rise, and those of unused ones are beyond all.
    private int BlockOf(int rank)
    {
        var from = 0;
        for (var count = _used; count > 64; count -= count / 2)
        {
            if (_before[from + (count / 2)] <= rank) from += count / 2;
        }

        var before = MemoryMarshal.Cast<int, Vector<int>>(_before.AsSpan(from, Math.Min(64, _before.Length - from)));
        var bound = new Vector<int>(rank);
        var hits = Vector<int>.Zero;
        foreach (var vector in before) hits -= Vector.LessThanOrEqual(vector, bound);
        return from + Vector.Sum(hits) - 1;
    }

    // In how many blocks all values are below the given one; the greatest of unused ones is infinite.
    private int CountBelow(double value)
    {
        var from = 0;
        for (var count = _used; count > 64; count -= count / 2)
        {
            if (_greatest[from + (count / 2) - 1] < value) from += count / 2;
        }

        return from + BlockMath.CountBelow(ref _greatest[from], (Math.Min(64, _used - from) + 7) / 8, value);
    }

    // One value more or fewer in a block: that many more or fewer lie before each of the next.
    private void Shift(int at, int change)
    {
        var after = _before.AsSpan(at + 1, _used - at - 1);
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(after);
        var by = new Vector<int>(change);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += by;
        for (var i = vectors.Length * Vector<int>.Count; i < after.Length; i++) after[i] += change;
    }

    // How many values are below the given one.
    private int RankOf(double value)
    {
        var at = CountBelow(value);
        return at == _used ? Count : _before[at] + BlockMath.CountBelow(ref Unsafe.Add(ref Block(at), 1), Capacity / 8, value);
    }

    // Places beyond the blocks in use are those that are free; all arrays have eight items to spare, so that whole vectors may be read.
    private void Open(int at)
    {
        if (_used == _counts.Length) Grow();
        var place = _places[_used];
        Array.Copy(_places, at, _places, at + 1, _used - at);
        Array.Copy(_counts, at, _counts, at + 1, _used - at);
        Array.Copy(_greatest, at, _greatest, at + 1, _used - at);
        Array.Copy(_before, at, _before, at + 1, _used - at);
        _places[at] = place;
        _counts[at] = 0;
        _greatest[at] = double.NegativeInfinity;
        _before[at] = at == 0 ? 0 : _before[at - 1] + _counts[at - 1];
        _used++;
        _values.AsSpan(place + 1, Capacity + 1).Fill(double.PositiveInfinity);
    }

    private void Close(int at)
    {
        _used--;
        var place = _places[at];
        Array.Copy(_places, at + 1, _places, at, _used - at);
        Array.Copy(_counts, at + 1, _counts, at, _used - at);
        Array.Copy(_greatest, at + 1, _greatest, at, _used - at);
        Array.Copy(_before, at + 1, _before, at, _used - at);
        _places[_used] = place;
        _greatest[_used] = double.PositiveInfinity;
        _before[_used] = Beyond;
    }

    private void Grow()
    {
        var size = Math.Max(8, _used * 2);
        Array.Resize(ref _values, size * BlockMath.Stride);
        Array.Resize(ref _counts, size);
        Array.Resize(ref _places, size);
        Array.Resize(ref _greatest, size + 8);
        Array.Resize(ref _before, size + 64);
        _greatest.AsSpan(_used).Fill(double.PositiveInfinity);
        _before.AsSpan(_used).Fill(Beyond);
        for (var i = _used; i < size; i++)
        {
            _places[i] = i * BlockMath.Stride;
            _values[_places[i]] = double.NegativeInfinity;
        }
    }

    private void Split(int at)
    {
        Open(at + 1);
        const int half = Capacity / 2;
        var upper = _values.AsSpan(_places[at] + 1 + half, half);
        upper.CopyTo(_values.AsSpan(_places[at + 1] + 1));
        upper.Fill(double.PositiveInfinity);
        _counts[at] = _counts[at + 1] = half;
        _before[at + 1] = _before[at] + half;
        _greatest[at + 1] = _greatest[at];
        _greatest[at] = ValueAt(at, half - 1);
    }

    private void JoinNext(int at)
    {
        if (at + 1 == _used || _counts[at] + _counts[at + 1] > Capacity / 2) return;
        _values.AsSpan(_places[at + 1] + 1, _counts[at + 1]).CopyTo(_values.AsSpan(_places[at] + 1 + _counts[at]));
        _counts[at] += _counts[at + 1];
        _greatest[at] = _greatest[at + 1];
        Close(at + 1);
    }
}
