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

    // Times are exact integers and a slope needs fewer digits than a variance.
    private const double MostTimeCancellation = 10_000;

    private Moments[] _suffix = [];
    private Moments[] _scratch = [];
    private Moments _back = Moments.Empty;
    private double _pivot;
    private long _pivotTime;
    private long _front;
    private long _mid;
    private long _backTo;
    private long _scratchLeaf = -1;
    private int _epoch = -1;

    /// <summary>The figures of the <paramref name="count"/> points from <paramref name="head"/> on; at least one.</summary>
    public WindowFigures Figures(LogPlace head, int count)
    {
        var first = log[head.Leaf];
        if (head.Leaf == log.OpenLeaf) return Direct(head, count);
        if (_epoch != log.Epoch || head.Leaf < _front || head.Leaf >= _mid) Rebuild(head, count);
        TakeSealed();
        var sums = Total(head, out var magnitude, out var timeMagnitude);
        if ((sums.S2 - (sums.S1 * sums.S1 / count) < magnitude / MostCancellation && sums.Min != sums.Max)
            || sums.T2 - (sums.T1 * sums.T1 / count) < timeMagnitude / MostTimeCancellation)
        {
            log.SumOpenAgain();
            Rebuild(head, count);
            sums = Total(head, out _, out _);
        }

        if (log.Scale != 1 && !IsHuge(sums)) return Unscaled(head, count);
        var open = log.Open;
        var (last, lastTime) = open.Count > 0
            ? (open.Values[open.Count - 1], open.Times[open.Count - 1])
            : (log[log.OpenLeaf - 1].Values[log[log.OpenLeaf - 1].Count - 1], log[log.OpenLeaf - 1].LastTime);
        return new(sums, count, _pivot, log.Scale, first.Values[head.Offset], last, first.Times[head.Offset], lastTime);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Shrink()
    {
        _suffix = [];
        _scratch = [];
        _epoch = -1;
        _scratchLeaf = -1;
    }

    private static bool IsHuge(in Moments sums) => sums.Max > 1e150 || sums.Min < -1e150;

    private Moments Total(LogPlace head, out double magnitude, out double timeMagnitude)
    {
        if (_scratchLeaf != head.Leaf) FillScratch(head.Leaf);
        var sums = _scratch[head.Offset];
        sums.Merge(_back);
        magnitude = sums.S2;
        timeMagnitude = sums.T2;
        if (log.Open.Count > 0)
        {
            var open = log.OpenSums.Shifted(
                log.Open.Count, log.OpenPivotValue - _pivot, (log.OpenPivotTime - _pivotTime) * LeafMath.SecondsPerTick);
            magnitude += Math.Max(log.OpenSums.S2, open.S2);
            timeMagnitude += Math.Max(log.OpenSums.T2, open.T2);
            sums.Merge(open);
        }

        return sums;
    }

    // Everything lies in the open leaf: at most 64 points, summed afresh.
    private WindowFigures Direct(LogPlace head, int count)
    {
        var open = log.Open;
        var scale = log.Scale;
        var pivot = LeafMath.ScaledMean(open, head.Offset, open.Count, scale);
        var sums = LeafMath.Sum(open, head.Offset, open.Count, pivot, open.Times[head.Offset], scale);
        if (scale != 1 && !IsHuge(sums)) return Unscaled(head, count);
        return new(
            sums, count, pivot, scale, open.Values[head.Offset], open.Values[open.Count - 1], open.Times[head.Offset], open.Times[open.Count - 1]);
    }

    // The log still holds a value beyond 1e150 that this window does not: squares of ordinary values would vanish at the log's scale.
    private WindowFigures Unscaled(LogPlace head, int count)
    {
        var total = 0.0;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count > from) total += LeafMath.ScaledMean(leaf, from, leaf.Count, 1) * ((double)(leaf.Count - from) / count);
        }

        var start = log[head.Leaf];
        var sums = Moments.Empty;
        var before = start.Values[head.Offset];
        var lastTime = 0L;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count <= from) continue;
            sums.Increase += Moments.Step(before, leaf.Values[from]);
            sums.Merge(LeafMath.Sum(leaf, from, leaf.Count, total, start.Times[head.Offset], 1));
            before = leaf.Values[leaf.Count - 1];
            lastTime = leaf.LastTime;
        }

        return new(sums, count, total, 1, start.Values[head.Offset], before, start.Times[head.Offset], lastTime);
    }

    private void Rebuild(LogPlace head, int count)
    {
        _epoch = log.Epoch;
        _front = head.Leaf;
        _mid = _backTo = log.OpenLeaf;
        _back = Moments.Empty;
        _scratchLeaf = -1;
        SetPivot(head, count);
        var leaves = (int)(_mid - _front);
        if (_suffix.Length < leaves) _suffix = new Moments[Math.Max(leaves + (leaves / 4), 4)];
        var sums = Moments.Empty;
        for (var i = _mid - 1; i > _front; i--)
        {
            var before = sums;
            sums = Converted(log[i]);
            sums.Merge(before);
            if (i + 1 < _mid) sums.Increase += StepInto(i + 1);
            _suffix[(int)(i - _front)] = sums;
        }
    }

    private void SetPivot(LogPlace head, int count)
    {
        var mean = 0.0;
        var meanTime = 0.0;
        var start = log[head.Leaf].Times[head.Offset];
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count <= from) continue;
            var share = (double)(leaf.Count - from) / count;
            var sealedWhole = from == 0 && i < log.OpenLeaf;
            mean += share * (sealedWhole ? leaf.PivotValue : LeafMath.ScaledMean(leaf, from, leaf.Count, log.Scale));
            meanTime += share * (sealedWhole
                ? leaf.PivotTime - start + (leaf.Sums.T1 / LeafMath.SecondsPerTick / leaf.Count)
                : LeafMath.MeanTime(leaf, from, leaf.Count, start));
        }

        _pivot = mean;
        _pivotTime = start + (long)Math.Round(meanTime);
    }

    private void TakeSealed()
    {
        for (; _backTo < log.OpenLeaf; _backTo++)
        {
            _back.Merge(Converted(log[_backTo]));
            _back.Increase += StepInto(_backTo);
        }
    }

    private void FillScratch(long number)
    {
        if (_scratch.Length == 0) _scratch = new Moments[Leaf.Capacity];
        var leaf = log[number];
        var sums = Moments.Empty;
        var after = 0.0;
        var hasAfter = number + 1 < _mid;
        if (hasAfter)
        {
            sums = _suffix[(int)(number + 1 - _front)];
            after = log[number + 1].Values[0] * log.Scale;
        }

        for (var i = leaf.Count - 1; i >= 0; i--)
        {
            var value = leaf.Values[i] * log.Scale;
            sums.Push(value - _pivot, (leaf.Times[i] - _pivotTime) * LeafMath.SecondsPerTick);
            if (hasAfter) sums.Increase += Moments.Step(value, after);
            sums.Min = Math.Min(sums.Min, leaf.Values[i]);
            sums.Max = Math.Max(sums.Max, leaf.Values[i]);
            after = value;
            hasAfter = true;
            _scratch[i] = sums;
        }

        _scratchLeaf = number;
    }

    private Moments Converted(Leaf leaf) => leaf.Sums.Shifted(
        leaf.Count, leaf.PivotValue - _pivot, (leaf.PivotTime - _pivotTime) * LeafMath.SecondsPerTick);

    private double StepInto(long number) => Moments.Step(log.LastScaled(log[number - 1]), log[number].Values[0] * log.Scale);
}
