namespace LiveDash.Core.Windows;

/// <summary>The front stack of a window's sums about a pivot.</summary>
internal sealed class FrontMoments(PointLog log) : SuffixSums<Moments>
{
    /// <summary>What all sums are about; set before they are built.</summary>
    public double Pivot { get; set; }

    protected override Moments OfLeaf(long number) => Converted(log[number], Pivot);

    protected override Moments OfGroup(long number)
    {
        var group = log.Groups[number];
        return group.Sums.Shifted(group.Count, group.Pivot - Pivot);
    }

    protected override Moments Join(in Moments run, in Moments rest, long next)
    {
        var sums = run;
        sums.Merge(rest);
        return sums;
    }

    /// <summary>A full leaf's sums about another pivot.</summary>
    public static Moments Converted(Leaf leaf, double pivot) => leaf.Sums.Shifted(leaf.Count, leaf.Pivot - pivot);
}
