using System.Runtime.CompilerServices;

namespace LiveDash.Core.Windows;

/// <summary>
/// The sums of a window by two stacks of mergeable partials about a pivot (Tangwongsan, Hirzel and Schneider, DEBS 2017, with leaves for
/// elements): the front holds the sums from each leaf up to <c>_mid</c>, the back the sum of the sealed leaves since, and the log the
/// sums of the open leaf. Nothing that left is ever subtracted. When the front is used up, it is built anew with the mean as pivot; also
/// where the pivot has turned out to be far from the mean, so the variance never cancels. A rebuild costs one merge a leaf of 64 points.
/// </summary>
internal sealed class TwoStacks(PointLog log)
{
    // S2 about the pivot may be at most this many times the spread about the mean; past it, two digits would be lost.
    private const double MostCancellation = 100;

    private Moments[] _suffix = [];
    private Moments[] _scratch = [];
    private Moments _back = Moments.Empty;
    private double _pivot;
    private long _front;
    private long _mid;
    private long _backTo;
    private long _scratchLeaf = -1;
    private long _askedLeaf = -1;
    private int _epoch = -1;

    /// <summary>The figures of the <paramref name="count"/> points from <paramref name="head"/> on; at least one.</summary>
    public WindowFigures Figures(LogPlace head, int count)
    {
        if (head.Leaf == log.OpenLeaf) return Direct(head, count);
        var sums = Total(Front(head, count), out var magnitude);
        var spread = sums.S2 - (sums.S1 * sums.S1 / count);
        if (spread * MostCancellation < magnitude || spread <= 0 || log.Scale != 1) return Careful(head, count, sums);
        return new(sums, count, _pivot, spread, 1);
    }

    /// <summary>
    /// The five figures asked for most, where nothing has to be made anew first: the same as by <see cref="Figures"/>, without its copies.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBasics(LogPlace head, int count, out WindowBasics basics)
    {
        if (head.Leaf != _scratchLeaf || _backTo != log.OpenLeaf || _epoch != log.Epoch || log.Scale != 1)
        {
            basics = default;
            return false;
        }

        var sums = Total(_scratch[head.Offset], out var magnitude);
        var offset = sums.S1 / count;
        var spread = sums.S2 - (sums.S1 * offset);
        var mean = double.MinNative(double.MaxNative(_pivot + offset, sums.Min), sums.Max);
        // A series that stands still has all values equal: no spread, and nothing to be careful about.
        var isFlat = sums.Min == sums.Max;
        basics = new(count, mean, isFlat ? 0 : Math.Sqrt(spread / count), sums.Min, sums.Max);
        return isFlat || (spread * MostCancellation >= magnitude && spread > 0);
    }

    /// <summary>The mean alone, where nothing has to be made anew first: the same as by <see cref="TryBasics"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMean(LogPlace head, int count, out double mean)
    {
        if (head.Leaf != _scratchLeaf || _backTo != log.OpenLeaf || _epoch != log.Epoch || log.Scale != 1)
        {
            mean = double.NaN;
            return false;
        }

        var sums = Total(_scratch[head.Offset], out var magnitude);
        var offset = sums.S1 / count;
        var spread = sums.S2 - (sums.S1 * offset);
        mean = double.MinNative(double.MaxNative(_pivot + offset, sums.Min), sums.Max);
        return sums.Min == sums.Max || (spread * MostCancellation >= magnitude && spread > 0);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Shrink()
    {
        _suffix = [];
        _scratch = [];
        _epoch = -1;
        _scratchLeaf = -1;
    }

    private static bool IsHuge(in Moments sums) => sums.Max > PointLog.Huge || sums.Min < -PointLog.Huge;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moments Total(in Moments front, out double magnitude)
    {
        ref readonly var open = ref log.OpenSums;
        double n = log.Open.Count;
        var d = log.OpenPivot - _pivot;
        var shifted = open.S2 + (d * ((2 * open.S1) + (n * d)));
        var sealedSquares = front.S2 + _back.S2;
        magnitude = sealedSquares + double.MaxNative(open.S2, shifted);
        return new Moments
        {
            S1 = front.S1 + _back.S1 + (open.S1 + (n * d)),
            S2 = sealedSquares + shifted,
            Min = double.MinNative(double.MinNative(front.Min, _back.Min), open.Min),
            Max = double.MaxNative(double.MaxNative(front.Max, _back.Max), open.Max),
        };
    }

    // All equal, or the pivot is far from the mean, or there are values whose squares overflow.
    private WindowFigures Careful(LogPlace head, int count, Moments sums)
    {
        if (sums.Min != sums.Max)
        {
            log.SumOpenAgain();
            Rebuild(head, count);
            sums = Total(Front(head, count), out _);
        }

        if (log.Scale != 1 && !IsHuge(sums)) return Unscaled(head, count);
        return new(sums, count, _pivot, WindowFigures.SpreadOf(sums, count), 1 / log.Scale);
    }

    // Everything lies in the open leaf: at most 64 points, summed afresh.
    private WindowFigures Direct(LogPlace head, int count)
    {
        var values = log.Open.From(head.Offset);
        var pivot = LeafMath.ScaledMean(values, log.Scale);
        var sums = LeafMath.Sum(values, pivot, log.Scale);
        if (log.Scale != 1 && !IsHuge(sums)) return Unscaled(head, count);
        return new(sums, count, pivot, WindowFigures.SpreadOf(sums, count), 1 / log.Scale);
    }

    // The log still holds a value beyond 1e150 that this window does not: squares of ordinary values would vanish at the log's scale.
    private WindowFigures Unscaled(LogPlace head, int count)
    {
        var pivot = MeanOf(head, count, 1);
        var sums = Moments.Empty;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++) sums.Merge(LeafMath.Sum(log[i].From(i == head.Leaf ? head.Offset : 0), pivot, 1));
        return new(sums, count, pivot, WindowFigures.SpreadOf(sums, count), 1);
    }

    // The sums from the head to the end of the front. The first question within a leaf is answered by a pass over it; only where a second one
    // follows is every suffix of the leaf worth having.
    private Moments Front(LogPlace head, int count)
    {
        if (_epoch != log.Epoch || head.Leaf < _front || head.Leaf >= _mid) Rebuild(head, count);
        for (; _backTo < log.OpenLeaf; _backTo++) _back.Merge(Converted(log[_backTo]));
        if (_scratchLeaf != head.Leaf)
        {
            if (_askedLeaf != head.Leaf)
            {
                _askedLeaf = head.Leaf;
                var sums = LeafMath.Sum(log[head.Leaf].From(head.Offset), _pivot, log.Scale);
                sums.Merge(Behind(head.Leaf));
                return sums;
            }

            FillScratch(head.Leaf);
        }

        return _scratch[head.Offset];
    }

    private Moments Behind(long number) => number + 1 < _mid ? _suffix[(int)(number + 1 - _front)] : Moments.Empty;

    private void Rebuild(LogPlace head, int count)
    {
        _epoch = log.Epoch;
        _front = head.Leaf;
        _mid = _backTo = log.OpenLeaf;
        _back = Moments.Empty;
        _scratchLeaf = -1;
        _pivot = MeanOf(head, count, log.Scale);
        var leaves = (int)(_mid - _front);
        if (_suffix.Length < leaves) _suffix = new Moments[Math.Max(leaves + (leaves / 4), 4)];
        var sums = Moments.Empty;
        for (var i = _mid - 1; i > _front; i--)
        {
            sums.Merge(Converted(log[i]));
            _suffix[(int)(i - _front)] = sums;
        }
    }

    private double MeanOf(LogPlace head, int count, double scale)
    {
        var mean = 0.0;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count <= from) continue;
            var own = from == 0 && i < log.OpenLeaf && scale == log.Scale ? leaf.Pivot : LeafMath.ScaledMean(leaf.From(from), scale);
            mean += own * ((double)(leaf.Count - from) / count);
        }

        return mean;
    }

    private void FillScratch(long number)
    {
        if (_scratch.Length == 0) _scratch = new Moments[Leaf.Capacity];
        var sums = Behind(number);
        var (pivot, scale) = (_pivot, log.Scale);
        var values = log[number].From(0);
        var scratch = _scratch.AsSpan(0, values.Length);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            sums.Push((values[i] * scale) - pivot, values[i]);
            scratch[i] = sums;
        }

        _scratchLeaf = number;
    }

    private Moments Converted(Leaf leaf) => leaf.Sums.Shifted(leaf.Count, leaf.Pivot - _pivot);
}
