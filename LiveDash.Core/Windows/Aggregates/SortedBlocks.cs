using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// The values of a window in order, in blocks of up to 128 found by vector comparison: exact order statistics. Entering and leaving move half
/// a block, a rank costs O(n/128) once after a change and O(log n) from then on. Nothing is allocated while the size is steady.
/// </summary>
internal sealed class SortedBlocks : PointTracker
{
    private const int Capacity = 128;
    private readonly Stack<double[]> _spares = new();
    private double[][] _blocks = new double[4][];
    private int[] _counts = new int[4];
    private double[] _greatest = new double[4];
    private int[] _before = new int[4];
    private int _used;
    private bool _stale;

    /// <summary>How many values are in.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a rank, 0 for the least.</summary>
    public double this[int rank]
    {
        get
        {
            if (_stale) Recount();
            var block = _before.AsSpan(0, _used).BinarySearch(rank);
            if (block < 0) block = ~block - 1;
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
        _stale = true;
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
        _stale = true;
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
        var (rank, part) = PointAggregates.Rank(Count, percent);
        return part == 0 ? this[rank] : PointAggregates.Between(this[rank], this[rank + 1], part);
    }

    /// <summary>The median absolute deviation from the median: of two sorted runs of deviations the middle ones, O(log n) ranks.</summary>
    public double Mad(double median)
    {
        var upper = Deviation(median, Count / 2);
        return (Count & 1) == 1 ? upper : PointAggregates.Between(Deviation(median, (Count / 2) - 1), upper, 0.5);
    }

    // The k-th least |x - m|: of the k + 1 values nearest to m some lie just below and the rest just above; find how many lie below.
    private double Deviation(double median, int k)
    {
        var split = RankOf(median);
        var low = Math.Max(0, k + 1 - (Count - split));
        var high = Math.Min(k + 1, split);
        while (low < high)
        {
            var below = (low + high) / 2;
            // One more from below is right as long as it is nearer than the furthest taken from above.
            var takeMore = this[split + k - below] - median > median - this[split - below - 1];
            if (takeMore) low = below + 1;
            else high = below;
        }

        var result = 0.0;
        if (low > 0) result = median - this[split - low];
        if (k + 1 - low > 0) result = Math.Max(result, this[split + k - low] - median);
        return WindowFigures.Finite(result);
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
    }

    private void Close(int at)
    {
        Spare(_blocks[at]);
        _used--;
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
