namespace LiveDash.Core.Statistics;

/// <summary>How two series move together: a pair is the mean of each over a stretch of time in which both have values. Immutable.</summary>
/// <param name="First">The first series.</param>
/// <param name="Second">The other one.</param>
/// <param name="Count">How many pairs there are.</param>
/// <param name="R">Pearson's coefficient; NaN where it is not defined: fewer than two pairs, or a series that does not change.</param>
/// <param name="Pairs">Some of the pairs, evenly chosen; told for the first two series alone.</param>
public sealed record PairSummary(int First, int Second, int Count, double R, IReadOnlyList<(double X, double Y)> Pairs)
{
    /// <summary>At most so many pairs are told.</summary>
    public const int MostPairs = 500;
}
