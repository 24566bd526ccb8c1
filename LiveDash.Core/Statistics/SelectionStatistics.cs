using LiveDash.Core.Storage;

namespace LiveDash.Core.Statistics;

/// <summary>What selected points come to. Immutable.</summary>
/// <param name="Points">How many points there are, of all series told.</param>
/// <param name="Series">Each series that has points, in the order asked for.</param>
/// <param name="Edges">The edges of the histogram's bins, one more than there are bins, the same for every series; empty where there are no points.</param>
/// <param name="Pairs">Every two series with how they move together.</param>
/// <param name="Bucket">Over which stretches of time pairs are formed.</param>
/// <param name="LeftOut">How many series were asked for beyond the <see cref="MostSeries"/> with most points.</param>
public sealed record SelectionStatistics(
    long Points, IReadOnlyList<SeriesSummary> Series, IReadOnlyList<double> Edges, IReadOnlyList<PairSummary> Pairs, TimeSpan Bucket, int LeftOut)
{
    /// <summary>Of at most so many series; of more, those with most points in the store.</summary>
    public const int MostSeries = 20;

    /// <summary>That some of the points are downsampled; null where none is. See <see cref="CountsAll"/>.</summary>
    public StoredSummaries? Summaries { get; init; }

    /// <summary>Whether number, mean, least and greatest, hours of the week and the means that are paired are of all points where some are downsampled; quartiles, deviation and distribution are of the last of each step. False within a shape, where all is of those.</summary>
    public bool CountsAll { get; init; }
}
