using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows;

/// <summary>
/// The sums of a window by two stacks of mergeable partials about a pivot (Tangwongsan, Hirzel and Schneider, DEBS 2017, with leaves for
/// elements): the front holds the sums from each leaf up to <c>_mid</c>, the back the sum of the sealed leaves since, and the log the
/// sums of the open leaf. Nothing that left is ever subtracted. When the front is used up, it is built anew about a pivot near the mean; also
/// where the pivot has turned out to be far from it, so the variance never cancels. Nothing costs more than some two hundred merges and one
/// a 4,096 points of the window.
/// </summary>
internal sealed class TwoStacks(PointLog log)
{
    // S2 about the pivot may be at most this many times the spread about the mean; past it, two digits would be lost.
    private const double MostCancellation = 100;

    // A window that was not asked for so many leaves is summed up from groups instead of leaf by leaf.
    private const int MostCatchUp = 2 * LeafGroup.Leaves;

    // The number of no leaf, nor of the one before the first.
    private const long None = long.MinValue;

    private readonly FrontMoments _front = new(log);
    private Moments[] _scratch = [];
    private Moments _back = Moments.Empty;
    private double _pivot;
    private double _shift;
    private long _first;
    private long _mid;
    private long _backTo;
    private long _scratchLeaf = None;
    private long _askedLeaf = None;
    private int _epoch = -1;

    /// <summary>
    /// Right after <see cref="Figures"/>: the leaf of which every suffix is at hand for <see cref="TryBasics"/>, as long as
    /// <see cref="PointLog.Version"/> stays; no leaf's number for none.
    /// </summary>
    public long ReadyLeaf => _epoch == log.Epoch && _backTo == log.OpenLeaf && log.Scale == 1 ? _scratchLeaf : None;

    /// <summary>The figures of the <paramref name="count"/> points from <paramref name="head"/> on; at least one.</summary>
    public WindowFigures Figures(LogPlace head, int count)
    {
        if (head.Leaf == log.OpenLeaf) return Direct(head, count);
        var sums = Total(Front(head, count), out var magnitude);
        var spread = sums.S2 - (sums.S1 * (sums.S1 / count));
        if (spread * MostCancellation < magnitude || spread <= 0 || log.Scale != 1) return Careful(head, count, sums);
        return new(sums, count, _pivot, spread, 1);
    }

    /// <summary>
    /// The five figures asked for most, from a place in <see cref="ReadyLeaf"/>: the same as by <see cref="Figures"/>. False where the pivot has to be found anew.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBasics(int offset, int count, out WindowBasics basics)
    {
        var sums = Total(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_scratch), offset), out var magnitude);
        double n = count;
        var part = sums.S1 / n;
        var spread = sums.S2 - (sums.S1 * part);
        var mean = double.MinNative(double.MaxNative(_pivot + part, sums.Min), sums.Max);
        // A series that stands still has all values equal: no spread, and nothing to be careful about.
        var isFlat = sums.Min == sums.Max;
        basics = new(count, mean, isFlat ? 0 : Math.Sqrt(spread / n), sums.Min, sums.Max);
        return isFlat || (spread * MostCancellation >= magnitude && spread > 0);
    }

    /// <summary>The mean alone: the same as by <see cref="TryBasics"/>, for what most rules ask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMean(int offset, int count, out double mean)
    {
        var sums = Total(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_scratch), offset), out var magnitude);
        var part = sums.S1 / count;
        var spread = sums.S2 - (sums.S1 * part);
        mean = double.MinNative(double.MaxNative(_pivot + part, sums.Min), sums.Max);
        return sums.Min == sums.Max || (spread * MostCancellation >= magnitude && spread > 0);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Shrink()
    {
        _front.Shrink();
        _scratch = [];
        _epoch = -1;
        _scratchLeaf = None;
    }

    private static bool IsHuge(in Moments sums) => sums.Max > PointLog.Huge || sums.Min < -PointLog.Huge;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moments Total(in Moments front, out double magnitude)
    {
        ref readonly var open = ref log.OpenSums;
        var (s1, s2) = (open.S1, open.S2);
        var d = _shift;
        magnitude = s2;
        if (d != 0)
        {
            double n = log.Open.Count;
            s2 += d * ((2 * s1) + (n * d));
            s1 += n * d;
            magnitude = double.MaxNative(magnitude, s2);
        }

        var sealedSquares = front.S2 + _back.S2;
        magnitude += sealedSquares;
        return new Moments
        {
            S1 = front.S1 + _back.S1 + s1,
            S2 = sealedSquares + s2,
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
        var pivot = log.OpenPivot;
        var sums = LeafMath.Sum(values, pivot, log.Scale);
        var spread = WindowFigures.SpreadOf(sums, count);
        if (spread * MostCancellation < sums.S2)
        {
            pivot = LeafMath.Pivot(values, log.Scale);
            sums = LeafMath.Sum(values, pivot, log.Scale);
            spread = WindowFigures.SpreadOf(sums, count);
        }

        if (log.Scale != 1 && !IsHuge(sums)) return Unscaled(head, count);
        return new(sums, count, pivot, spread, 1 / log.Scale);
    }

    // The log still holds a value beyond 1e150 that this window does not: squares of ordinary values would vanish at the log's scale.
    private WindowFigures Unscaled(LogPlace head, int count)
    {
        var pivot = log[head.Leaf].Values[head.Offset];
        var sums = PointByPoint(head, pivot);
        pivot = PivotMath.Of(sums, count, pivot, pivot, 1);
        sums = PointByPoint(head, pivot);
        return new(sums, count, pivot, WindowFigures.SpreadOf(sums, count), 1);
    }

    private Moments PointByPoint(LogPlace head, double pivot)
    {
        var sums = Moments.Empty;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++) sums.Merge(LeafMath.Sum(log[i].From(i == head.Leaf ? head.Offset : 0), pivot, 1));
        return sums;
    }

    // The sums from the head to the end of the front. The first question within a leaf is answered by a pass over it; only where a second one
    // follows, or followed in the leaf before, is every suffix of the leaf worth having.
    private Moments Front(LogPlace head, int count)
    {
        if (_epoch != log.Epoch || head.Leaf < _first || head.Leaf >= _mid || log.OpenLeaf - _backTo > MostCatchUp) Rebuild(head, count);
        for (; _backTo < log.OpenLeaf; _backTo++) _back.Merge(FrontMoments.Converted(log[_backTo], _pivot));
        _shift = log.OpenPivot - _pivot;
        if (_scratchLeaf != head.Leaf)
        {
            if (_askedLeaf != head.Leaf && _scratchLeaf != head.Leaf - 1)
            {
                _askedLeaf = head.Leaf;
                _scratchLeaf = None;
                return Sliced(head);
            }

            FillScratch(head.Leaf);
        }

        return _scratch[head.Offset];
    }

    private Moments Sliced(LogPlace head)
    {
        var sums = LeafMath.Sum(log[head.Leaf].From(head.Offset), _pivot, log.Scale);
        sums.Merge(Behind(head.Leaf));
        return sums;
    }

    private Moments Behind(long number) => number + 1 < _mid ? _front.From(number + 1) : Moments.Empty;

    private void Rebuild(LogPlace head, int count)
    {
        _epoch = log.Epoch;
        _first = head.Leaf;
        _mid = _backTo = log.OpenLeaf;
        _back = Moments.Empty;
        // The leaf before is taken for asked throughout where it was, though its sums are about the pivot of before.
        _scratchLeaf = _scratchLeaf == head.Leaf - 1 ? _scratchLeaf : None;
        _pivot = FindPivot(head, count);
        _front.Pivot = _pivot;
        _front.Build(_first + 1, _mid);
    }

    private double FindPivot(LogPlace head, int count)
    {
        var about = log[head.Leaf].Values[head.Offset] * log.Scale;
        var sums = LeafMath.Sum(log[head.Leaf].From(head.Offset), about, log.Scale);
        for (var i = head.Leaf + 1; i < _mid;)
        {
            if (i % LeafGroup.Leaves == 0 && i + LeafGroup.Leaves <= _mid)
            {
                var group = log.Groups[i / LeafGroup.Leaves];
                sums.Merge(group.Sums.Shifted(group.Count, group.Pivot - about));
                i += LeafGroup.Leaves;
            }
            else
            {
                sums.Merge(FrontMoments.Converted(log[i++], about));
            }
        }

        sums.Merge(log.OpenSums.Shifted(log.Open.Count, log.OpenPivot - about));
        return PivotMath.Of(sums, count, about, log.OpenPivot, log.Scale);
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
}
