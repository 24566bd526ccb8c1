namespace LiveDash.Core.Windows;

/// <summary>The sums of <see cref="Leaves"/> full leaves in a row, so that a large window is rebuilt by 4,096 points at a time.</summary>
internal sealed class LeafGroup
{
    /// <summary>How many leaves a group holds.</summary>
    public const int Leaves = 64;

    private Trend _trend;
    private bool _hasTrend;

    /// <summary>Its number: that of its first leaf divided by <see cref="Leaves"/>; -1 where nothing is known.</summary>
    public long Number { get; set; } = -1;

    /// <summary>How many points.</summary>
    public int Count { get; private set; }

    /// <summary>What <see cref="Sums"/> are about.</summary>
    public double Pivot { get; private set; }

    /// <summary>The time about which <see cref="Trend"/> is summed.</summary>
    public long PivotTime { get; private set; }

    /// <summary>The sums about <see cref="Pivot"/>.</summary>
    public Moments Sums { get; private set; }

    /// <summary>Sums up a group of the log, all of whose leaves are full or at least closed.</summary>
    public void Sum(PointLog log, long number)
    {
        var first = number * Leaves;
        Number = number;
        _hasTrend = false;
        Count = 0;
        PivotTime = log[first + (Leaves / 2)].FirstTime;
        for (var i = first; i < first + Leaves; i++) Count += log[i].Count;
        Pivot = log[first].Pivot;
        Sums = About(log, first, Pivot);
        var better = PivotMath.Of(Sums, Count, Pivot, log.OpenPivot, log.Scale);
        if (better == Pivot) return;
        Pivot = better;
        Sums = About(log, first, Pivot);
    }

    /// <summary>The sums over time about (<see cref="Pivot"/>, <see cref="PivotTime"/>), made when first asked for.</summary>
    public Trend Trend(PointLog log)
    {
        if (_hasTrend) return _trend;
        _hasTrend = true;
        _trend = default;
        for (var i = Number * Leaves; i < (Number + 1) * Leaves; i++)
        {
            var leaf = log[i];
            _trend.Merge(leaf.Trend(log.Scale).Shifted(leaf.Count, leaf.Sums.S1, leaf.Pivot - Pivot, (leaf.PivotTime - PivotTime) * LeafMath.SecondsPerTick));
            if (i > Number * Leaves) _trend.Join(log[i - 1], leaf, log.Scale);
        }

        return _trend;
    }

    private static Moments About(PointLog log, long first, double pivot)
    {
        var sums = Moments.Empty;
        for (var i = first; i < first + Leaves; i++)
        {
            var leaf = log[i];
            sums.Merge(leaf.Sums.Shifted(leaf.Count, leaf.Pivot - pivot));
        }

        return sums;
    }
}
