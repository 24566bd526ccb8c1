namespace LiveDash.Core.Windows;

/// <summary>The front stack of a window's sums over time about a pivot.</summary>
internal sealed class FrontTrends(PointLog log) : SuffixSums<Trend>
{
    /// <summary>The value all sums are about.</summary>
    public double Pivot { get; private set; }

    /// <summary>The time all sums are about.</summary>
    public long PivotTime { get; private set; }

    /// <summary>What values are multiplied by; a leaf's own sums are at the log's scale and of no use for another.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Sets what the sums will be about.</summary>
    public void SetPivot(double value, long time, double scale) => (Pivot, PivotTime, Scale) = (value, time, scale);

    /// <summary>The sums of the points of a leaf from a place on.</summary>
    public Trend Slice(long number, int from) => LeafMath.Trend(log[number].TimesFrom(from), log[number].From(from), Pivot, PivotTime, Scale);

    /// <summary>The sums of a full leaf.</summary>
    public Trend Converted(long number)
    {
        if (Scale != log.Scale) return Slice(number, 0);
        var leaf = log[number];
        return leaf.Trend(log.Scale).Shifted(
            leaf.Count, leaf.Sums.S1, leaf.Pivot - Pivot, (leaf.PivotTime - PivotTime) * LeafMath.SecondsPerTick);
    }

    protected override Trend OfLeaf(long number) => Converted(number);

    protected override Trend OfGroup(long number)
    {
        if (Scale == log.Scale)
        {
            var group = log.Groups[number];
            return group.Trend(log).Shifted(group.Count, group.Sums.S1, group.Pivot - Pivot, (group.PivotTime - PivotTime) * LeafMath.SecondsPerTick);
        }

        var first = number * LeafGroup.Leaves;
        var sums = Slice(first, 0);
        for (var i = first + 1; i < first + LeafGroup.Leaves; i++)
        {
            sums.Merge(Slice(i, 0));
            sums.Join(log[i - 1], log[i], Scale);
        }

        return sums;
    }

    protected override Trend Join(in Trend run, in Trend rest, long next)
    {
        var sums = run;
        sums.Merge(rest);
        sums.Join(log[next - 1], log[next], Scale);
        return sums;
    }
}
