namespace LiveDash.Core.Statistics;

/// <summary>
/// The values of one series, each figure exact: of every value, not of a sample (but see <see cref="SelectionStatistics.CountsAll"/>). Quartiles are interpolated between neighbours (type 7 of Hyndman and Fan, 1996, as
/// NumPy and R have it); the standard deviation is of the population. Immutable.
/// </summary>
public sealed record SeriesSummary
{
    /// <summary>At most so many of the values beyond the whiskers are told, the farthest first.</summary>
    public const int MostOutliers = 100;

    /// <summary>At most so many steps of the distribution are told.</summary>
    public const int MostSteps = 400;

    /// <summary>The interned series.</summary>
    public required int Series { get; init; }

    /// <summary>How many values; at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of the population.</summary>
    public required double Std { get; init; }

    /// <summary>The least.</summary>
    public required double Min { get; init; }

    /// <summary>The lower quartile.</summary>
    public required double Q1 { get; init; }

    /// <summary>The median.</summary>
    public required double Median { get; init; }

    /// <summary>The upper quartile.</summary>
    public required double Q3 { get; init; }

    /// <summary>The greatest.</summary>
    public required double Max { get; init; }

    /// <summary>The last value within one and a half boxes below the box (Tukey).</summary>
    public required double LowerWhisker { get; init; }

    /// <summary>The last value within one and a half boxes above the box.</summary>
    public required double UpperWhisker { get; init; }

    /// <summary>How many values lie beyond the whiskers.</summary>
    public required long Outliers { get; init; }

    /// <summary>The farthest of them.</summary>
    public required IReadOnlyList<double> FarOutliers { get; init; }

    /// <summary>How many values lie in each bin.</summary>
    public required IReadOnlyList<long> Bins { get; init; }

    /// <summary>The empirical distribution, rising: every distinct value where they are few, else some of them, each exact.</summary>
    public required IReadOnlyList<DistributionStep> Distribution { get; init; }

    /// <summary>Hours of the week in the zone asked for: 7 x 24, from Monday 00 o'clock.</summary>
    public required IReadOnlyList<WeekHour> Week { get; init; }
}
