namespace LiveDash.Core.Windows;

/// <summary>
/// The sums over time of a window (slope, R², counter increase, time-weighted mean), by the same two stacks as <see cref="TwoStacks"/> but brought up to date
/// only when asked, since rules ask for them seldom: then the two leaves at the ends cost a pass over at most 64 points each.
/// </summary>
internal sealed class TrendStacks(PointLog log)
{
    // Times are whole numbers and a slope needs fewer digits than a variance.
    private const double MostCancellation = 10_000;

    // A window that was not asked for so many leaves is summed up from groups instead of leaf by leaf.
    private const int MostCatchUp = 2 * LeafGroup.Leaves;

    private readonly FrontTrends _front = new(log);
    private Trend _back;
    private long _first;
    private long _mid;
    private long _backTo;
    private int _epoch = -1;

    /// <summary>The figures over time of the points from <paramref name="head"/> on, whose other figures are known.</summary>
    public TrendFigures Figures(LogPlace head, in WindowFigures figures)
    {
        var scale = 1 / figures.Unscale;
        var firstTime = log[head.Leaf].Times[head.Offset];
        var lastTime = log.LastTime;
        if (_epoch != log.Epoch || head.Leaf < _first || head.Leaf >= _mid || scale != _front.Scale || log.OpenLeaf - _backTo > MostCatchUp)
        {
            Rebuild(head, figures, scale);
        }

        var sums = Total(head);
        if (sums.T2 - (sums.T1 * sums.T1 / figures.Count) < sums.T2 / MostCancellation || IsFar(figures))
        {
            Rebuild(head, figures, scale);
            sums = Total(head);
        }

        return new(sums, figures.S1 + (figures.Count * (figures.Pivot - _front.Pivot)), figures, firstTime, lastTime);
    }

    /// <summary>Gives the array back.</summary>
    public void Shrink()
    {
        _front.Shrink();
        _epoch = -1;
    }

    // More than ten standard deviations between the pivot and the mean.
    private bool IsFar(in WindowFigures figures)
    {
        var distance = figures.Pivot - _front.Pivot + (figures.S1 / figures.Count);
        return figures.Spread > 0 && distance * distance * figures.Count > 100 * figures.Spread;
    }

    private Trend Total(LogPlace head)
    {
        for (; _backTo < log.OpenLeaf; _backTo++)
        {
            _back.Merge(_front.Converted(_backTo));
            if (_backTo > _mid) _back.Join(log[_backTo - 1], log[_backTo], _front.Scale);
            // So that its leaves' sums over time are joined as they come and not all at once when the front is built.
            if ((_backTo + 1) % LeafGroup.Leaves == 0 && _backTo + 1 - LeafGroup.Leaves >= head.Leaf && _front.Scale == log.Scale)
            {
                log.Groups[_backTo / LeafGroup.Leaves].Trend(log);
            }
        }

        var sums = _front.Slice(head.Leaf, head.Offset);
        if (head.Leaf == log.OpenLeaf) return sums;
        if (head.Leaf + 1 < _mid) Append(ref sums, _front.From(head.Leaf + 1), head.Leaf + 1);
        if (_mid < log.OpenLeaf) Append(ref sums, _back, _mid);
        if (log.Open.Count > 0) Append(ref sums, _front.Slice(log.OpenLeaf, 0), log.OpenLeaf);
        return sums;
    }

    private void Append(ref Trend sums, in Trend run, long firstLeaf)
    {
        sums.Merge(run);
        sums.Join(log[firstLeaf - 1], log[firstLeaf], _front.Scale);
    }

    private void Rebuild(LogPlace head, in WindowFigures figures, double scale)
    {
        _epoch = log.Epoch;
        _first = head.Leaf;
        _mid = _backTo = Math.Max(log.OpenLeaf, head.Leaf);
        _back = default;
        _front.SetPivot(figures.Pivot + (figures.S1 / figures.Count), MeanTime(head, figures.Count, scale), scale);
        _front.Build(_first + 1, _mid);
    }

    private long MeanTime(LogPlace head, int count, double scale)
    {
        var start = log[head.Leaf].Times[head.Offset];
        var mean = 0.0;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var whole = i % LeafGroup.Leaves == 0 && i > head.Leaf && i + LeafGroup.Leaves <= log.OpenLeaf && scale == log.Scale;
            if (whole)
            {
                var group = log.Groups[i / LeafGroup.Leaves];
                mean += MeanOf(group.PivotTime - start, group.Trend(log), group.Count) * ((double)group.Count / count);
                i += LeafGroup.Leaves - 1;
                continue;
            }

            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count <= from) continue;
            var own = from == 0 && i < log.OpenLeaf && scale == log.Scale
                ? MeanOf(leaf.PivotTime - start, leaf.Trend(log.Scale), leaf.Count)
                : LeafMath.MeanTime(leaf.TimesFrom(from), start);
            mean += own * ((double)(leaf.Count - from) / count);
        }

        return start + (long)Math.Round(mean);
    }

    // In ticks after the start.
    private static double MeanOf(double pivotTime, in Trend trend, int count) => pivotTime + (trend.T1 / LeafMath.SecondsPerTick / count);
}
