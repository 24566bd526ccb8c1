using LiveDash.Core.Model;
using LiveDash.Core.Statistics;
using LiveDash.Core.Windows;

namespace LiveDash.Web.Api.Statistics;

/// <summary>Statistics as the API tells them.</summary>
/// <param name="Points">Of how many points.</param>
/// <param name="LeftOut">How many series beyond the 20 with most points are left out.</param>
/// <param name="Edges">The edges of the histogram's bins, the same for every series.</param>
/// <param name="Series">Each series that has points.</param>
/// <param name="Bucket">Over which stretches of time means are paired.</param>
/// <param name="Correlations">Every two series.</param>
internal sealed record StatisticsAnswer(long Points, int LeftOut, IReadOnlyList<double> Edges, IReadOnlyList<SeriesStatisticsAnswer> Series, string Bucket, IReadOnlyList<CorrelationAnswer> Correlations)
{
    /// <summary>What is told of statistics.</summary>
    public static StatisticsAnswer Of(SelectionStatistics found, SeriesCatalog catalog) => new(
        found.Points, found.LeftOut, found.Edges, [.. found.Series.Select(one => SeriesStatisticsAnswer.Of(one, catalog))], DurationText.Format(found.Bucket),
        [.. found.Pairs.Select(pair => new CorrelationAnswer(catalog[pair.First].ToString(), catalog[pair.Second].ToString(), double.IsNaN(pair.R) ? null : pair.R, pair.Count))]);
}
