namespace LiveDash.Core.Windows;

/// <summary>
/// The sums over time of a window (slope, R², counter increase, time-weighted mean), by the same two stacks as <see cref="TwoStacks"/> but brought up to date
/// only when asked, since rules ask for them seldom: then the two leaves at the ends cost a pass over at most 64 points each.
/// </summary>
internal sealed class TrendStacks(PointLog log)
{
    // Times are whole numbers and a slope needs fewer digits than a variance.
    private const double MostCancellation = 10_000;

    private Trend[] _suffix = [];
    private Trend _back;
    private double _pivot;
    private long _pivotTime;
    private long _front;
    private long _mid;
    private long _backTo;
    private int _epoch = -1;
    private double _scale;

    /// <summary>The figures over time of the points from <paramref name="head"/> on, whose other figures are known.</summary>
    public TrendFigures Figures(LogPlace head, in WindowFigures figures)
    {
        var scale = 1 / figures.Unscale;
        var firstTime = log[head.Leaf].Times[head.Offset];
        var lastTime = log.LastTime;
        if (_epoch != log.Epoch || head.Leaf < _front || head.Leaf >= _mid || scale != _scale) Rebuild(head, figures, scale);
        var sums = Total(head);
        if (sums.T2 - (sums.T1 * sums.T1 / figures.Count) < sums.T2 / MostCancellation || IsFar(figures))
        {
            Rebuild(head, figures, scale);
            sums = Total(head);
        }

        return new(sums, figures.S1 + (figures.Count * (figures.Pivot - _pivot)), figures, firstTime, lastTime);
    }

    /// <summary>Gives the array back.</summary>
    public void Shrink()
    {
        _suffix = [];
        _epoch = -1;
    }

    // More than ten standard deviations between the pivot and the mean.
    private bool IsFar(in WindowFigures figures)
    {
        var distance = figures.Pivot - _pivot + (figures.S1 / figures.Count);
        return figures.Spread > 0 && distance * distance * figures.Count > 100 * figures.Spread;
    }

    private Trend Total(LogPlace head)
    {
        for (; _backTo < log.OpenLeaf; _backTo++)
        {
            _back.Merge(Converted(_backTo));
            if (_backTo > _mid) Join(ref _back, _backTo);
        }

        var sums = Slice(head.Leaf, head.Offset);
        if (head.Leaf == log.OpenLeaf) return sums;
        if (head.Leaf + 1 < _mid) Append(ref sums, _suffix[(int)(head.Leaf + 1 - _front)], head.Leaf + 1);
        if (_mid < log.OpenLeaf) Append(ref sums, _back, _mid);
        if (log.Open.Count > 0) Append(ref sums, Slice(log.OpenLeaf, 0), log.OpenLeaf);
        return sums;
    }

    private void Append(ref Trend sums, in Trend run, long firstLeaf)
    {
        sums.Merge(run);
        Join(ref sums, firstLeaf);
    }

    private void Rebuild(LogPlace head, in WindowFigures figures, double scale)
    {
        _epoch = log.Epoch;
        _scale = scale;
        _front = head.Leaf;
        _mid = _backTo = Math.Max(log.OpenLeaf, head.Leaf);
        _back = default;
        _pivot = figures.Pivot + (figures.S1 / figures.Count);
        _pivotTime = MeanTime(head, figures.Count);
        var leaves = (int)(_mid - _front);
        if (_suffix.Length < leaves) _suffix = new Trend[Math.Max(leaves + (leaves / 4), 4)];
        var sums = default(Trend);
        for (var i = _mid - 1; i > _front; i--)
        {
            sums.Merge(Converted(i));
            if (i + 1 < _mid) Join(ref sums, i + 1);
            _suffix[(int)(i - _front)] = sums;
        }
    }

    private long MeanTime(LogPlace head, int count)
    {
        var start = log[head.Leaf].Times[head.Offset];
        var mean = 0.0;
        for (var i = head.Leaf; i <= log.OpenLeaf; i++)
        {
            var leaf = log[i];
            var from = i == head.Leaf ? head.Offset : 0;
            if (leaf.Count <= from) continue;
            var own = from == 0 && i < log.OpenLeaf && _scale == log.Scale
                ? leaf.PivotTime - start + (leaf.Trend(log.Scale).T1 / LeafMath.SecondsPerTick / leaf.Count)
                : LeafMath.MeanTime(leaf.TimesFrom(from), start);
            mean += own * ((double)(leaf.Count - from) / count);
        }

        return start + (long)Math.Round(mean);
    }

    // A leaf's own sums are at the log's scale; a window without the huge value that set it sums its points afresh.
    private Trend Converted(long number)
    {
        if (_scale != log.Scale) return Slice(number, 0);
        var leaf = log[number];
        return leaf.Trend(log.Scale).Shifted(
            leaf.Count, leaf.Sums.S1, leaf.Pivot - _pivot, (leaf.PivotTime - _pivotTime) * LeafMath.SecondsPerTick);
    }

    private Trend Slice(long number, int from) =>
        LeafMath.Trend(log[number].TimesFrom(from), log[number].From(from), _pivot, _pivotTime, _scale);

    // What lies between the last point of a leaf and the first of the next.
    private void Join(ref Trend sums, long number)
    {
        var (before, after) = (log[number - 1], log[number]);
        sums.Increase += Trend.Step(before.LastValue * _scale, after.Values[0] * _scale);
        sums.Area += before.LastValue * _scale * ((after.FirstTime - before.LastTime) * LeafMath.SecondsPerTick);
    }
}
