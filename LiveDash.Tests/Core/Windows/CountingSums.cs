using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Windows;

/// <summary>Suffix sums over leaves that amount to their own number, which count what they cost; joining is checked to be of neighbours.</summary>
internal sealed class CountingSums : SuffixSums<(long Sum, long First)>
{
    /// <summary>How many leaves and groups were read since it was set.</summary>
    public int Steps { get; set; }

    /// <summary>What the leaves from one to before another amount to.</summary>
    public static (long Sum, long First) Plain(long first, long end) => ((first + end - 1) * (end - first) / 2, first);

    protected override (long Sum, long First) OfLeaf(long number)
    {
        Steps++;
        return (number, number);
    }

    protected override (long Sum, long First) OfGroup(long number)
    {
        Steps++;
        return Plain(number * LeafGroup.Leaves, (number + 1) * LeafGroup.Leaves);
    }

    protected override (long Sum, long First) Join(in (long Sum, long First) run, in (long Sum, long First) rest, long next)
    {
        Assert.Equal(next, rest.First);
        return (run.Sum + rest.Sum, run.First);
    }
}
