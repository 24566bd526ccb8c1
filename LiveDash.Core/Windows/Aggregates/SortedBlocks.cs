using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// The values of a window in order, in blocks of up to 64 found by vector comparison: exact order statistics. Entering and leaving move half
/// a block, a rank costs O(log n), and with over 512 blocks O(n/64) once after a change. Nothing is allocated while the size is steady.
/// </summary>
internal sealed class SortedBlocks : PointTracker
{
    private const int Capacity = 64;

    // With this many blocks the ranks before each are kept right at every change; with more they are counted when asked.
    private const int Few = 512;

    private readonly Stack<double[]> _spares = new();
    private double[][] _blocks = new double[4][];
    private int[] _counts = new int[4];
    private double[] _greatest = new double[4];
    private int[] _before = new int[4];
    private int _used;
    private bool _stale;
    private int _nearBelow;

    /// <summary>How many values are in.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a rank, 0 for the least.</summary>
    public double this[int rank]
    {
        get
        {
            var block = BlockOf(rank);
            return _blocks[block][rank - _before[block]];
        }
    }

    public override void Reset()
    {
        for (var i = 0; i < _used; i++) Spare(_blocks[i]);
        _used = 0;
        Count = 0;
        _stale = true;
    }

    public override void Add(double value)
    {
        if (_used == 0) Open(0);
        var at = Math.Min(CountBelow(_greatest.AsSpan(0, _used), value), _used - 1);
        if (_counts[at] == Capacity)
        {
            Split(at);
            if (value > _greatest[at]) at++;
        }

        var block = _blocks[at];
        var n = _counts[at];
        var place = CountBelow(block.AsSpan(0, n), value);
        Array.Copy(block, place, block, place + 1, n - place);
        block[place] = value;
        _counts[at] = n + 1;
        _greatest[at] = block[n];
        Count++;
        Shift(at, 1);
    }

    public override void Remove(double value)
    {
        var at = CountBelow(_greatest.AsSpan(0, _used), value);
        var block = _blocks[at];
        var n = _counts[at] - 1;
        var place = CountBelow(block.AsSpan(0, n + 1), value);
        Array.Copy(block, place + 1, block, place, n - place);
        _counts[at] = n;
        Count--;
        Shift(at, -1);
        if (n == 0) Close(at);
        else
        {
            _greatest[at] = block[n - 1];
            if (n < Capacity / 4) JoinNext(at);
        }
    }

    /// <summary>The percentile, 0 to 100, interpolated linearly between ranks; at least one value.</summary>
    public double Percentile(double percent)
    {
        var (rank, part) = RankMath.Rank(Count, percent);
        var at = BlockOf(rank);
        var within = rank - _before[at];
        var low = _blocks[at][within];
        if (part == 0) return low;
        return RankMath.Between(low, within + 1 < _counts[at] ? _blocks[at][within + 1] : _blocks[at + 1][0], part);
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

    private int BlockOf(int rank)
    {
        if (_stale) Recount();
        var (low, high) = (0, _used - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_before[middle] <= rank) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    // One value more or fewer in a block: that many more or fewer lie before each of the next.
    private void Shift(int at, int change)
    {
        if (_stale) return;
        if (_used > Few)
        {
            _stale = true;
            return;
        }

        var after = _before.AsSpan(at + 1, _used - at - 1);
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(after);
        var by = new Vector<int>(change);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += by;
        for (var i = vectors.Length * Vector<int>.Count; i < after.Length; i++) after[i] += change;
    }

    // How many values are below the given one.
    private int RankOf(double value)
    {
        if (_stale) Recount();
        var at = CountBelow(_greatest.AsSpan(0, _used), value);
        return at == _used ? Count : _before[at] + CountBelow(_blocks[at].AsSpan(0, _counts[at]), value);
    }

    private static int CountBelow(ReadOnlySpan<double> sorted, double value)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(sorted);
        var bound = new Vector<double>(value);
        var hits = Vector<long>.Zero;
        foreach (var vector in vectors) hits -= Vector.LessThan(vector, bound);
        var below = (int)Vector.Sum(hits);
        for (var i = vectors.Length * Vector<double>.Count; i < sorted.Length; i++) below += sorted[i] < value ? 1 : 0;
        return below;
    }

    private void Recount()
    {
        var sum = 0;
        for (var i = 0; i < _used; i++)
        {
            _before[i] = sum;
            sum += _counts[i];
        }

        _stale = false;
    }

    private void Open(int at)
    {
        if (_used == _blocks.Length)
        {
            Array.Resize(ref _blocks, _used * 2);
            Array.Resize(ref _counts, _used * 2);
            Array.Resize(ref _greatest, _used * 2);
            Array.Resize(ref _before, _used * 2);
        }

        Array.Copy(_blocks, at, _blocks, at + 1, _used - at);
        Array.Copy(_counts, at, _counts, at + 1, _used - at);
        Array.Copy(_greatest, at, _greatest, at + 1, _used - at);
        _blocks[at] = _spares.TryPop(out var spare) ? spare : new double[Capacity];
        _counts[at] = 0;
        _used++;
        _stale = true;
    }

    private void Close(int at)
    {
        Spare(_blocks[at]);
        _used--;
        _stale = true;
        Array.Copy(_blocks, at + 1, _blocks, at, _used - at);
        Array.Copy(_counts, at + 1, _counts, at, _used - at);
        Array.Copy(_greatest, at + 1, _greatest, at, _used - at);
    }

    private void Spare(double[] block)
    {
        if (_spares.Count < 4) _spares.Push(block);
    }

    private void Split(int at)
    {
        Open(at + 1);
        const int half = Capacity / 2;
        Array.Copy(_blocks[at], half, _blocks[at + 1], 0, half);
        _counts[at] = _counts[at + 1] = half;
        _greatest[at + 1] = _greatest[at];
        _greatest[at] = _blocks[at][half - 1];
    }

    private void JoinNext(int at)
    {
        if (at + 1 == _used || _counts[at] + _counts[at + 1] > Capacity / 2) return;
        Array.Copy(_blocks[at + 1], 0, _blocks[at], _counts[at], _counts[at + 1]);
        _counts[at] += _counts[at + 1];
        _greatest[at] = _greatest[at + 1];
        Close(at + 1);
    }
}
