using LiveDash.Core.Model;
using LiveDash.Core.Statistics;

namespace LiveDash.Web.Api.Statistics;

/// <summary>The statistics of one series.</summary>
/// <param name="Series">The canonical text.</param>
/// <param name="Count">How many values.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation of the population.</param>
/// <param name="Min">The least.</param>
/// <param name="Q1">The lower quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Q3">The upper quartile.</param>
/// <param name="Max">The greatest.</param>
/// <param name="LowerWhisker">The last value within one and a half boxes below.</param>
/// <param name="UpperWhisker">The last value within one and a half boxes above.</param>
/// <param name="Outliers">How many lie beyond.</param>
/// <param name="FarOutliers">The farthest of them.</param>
/// <param name="Bins">How many lie in each bin.</param>
/// <param name="Distribution">Pairs of a value and the share of values that are at most as great.</param>
/// <param name="Week">Hours of the week that have values.</param>
internal sealed record SeriesStatisticsAnswer(
    string Series, long Count, double Mean, double Std, double Min, double Q1, double Median, double Q3, double Max, double LowerWhisker, double UpperWhisker, long Outliers,
    IReadOnlyList<double> FarOutliers, IReadOnlyList<long> Bins, IReadOnlyList<double[]> Distribution, IReadOnlyList<WeekHourAnswer> Week)
{
    /// <summary>What is told of a summary.</summary>
    public static SeriesStatisticsAnswer Of(SeriesSummary one, SeriesCatalog catalog) => new(
        catalog[one.Series].ToString(), one.Count, one.Mean, one.Std, one.Min, one.Q1, one.Median, one.Q3, one.Max, one.LowerWhisker, one.UpperWhisker, one.Outliers, one.FarOutliers, one.Bins,
        [.. one.Distribution.Select(static step => new[] { step.Value, step.Share })],
        [.. one.Week.Select(static (cell, i) => (cell, i)).Where(static pair => pair.cell.Count > 0).Select(static pair => new WeekHourAnswer(((DayOfWeek)(((pair.i / 24) + 1) % 7)).ToString(), pair.i % 24, pair.cell.Count, pair.cell.Mean))]);
}
