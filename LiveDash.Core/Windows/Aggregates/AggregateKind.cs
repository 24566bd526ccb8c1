namespace LiveDash.Core.Windows.Aggregates;

/// <summary>What is computed over the points of a window.</summary>
public enum AggregateKind
{
    /// <summary>How many points.</summary>
    Count,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The population standard deviation.</summary>
    Std,

    /// <summary>The population variance.</summary>
    Variance,

    /// <summary>The least value.</summary>
    Min,

    /// <summary>The greatest value.</summary>
    Max,

    /// <summary>Greatest minus least.</summary>
    Range,

    /// <summary>The oldest value.</summary>
    First,

    /// <summary>The newest value.</summary>
    Last,

    /// <summary>Newest minus oldest.</summary>
    Delta,

    /// <summary>How much a counter grew; a fall is read as a reset to zero.</summary>
    Increase,

    /// <summary>The increase per second between first and last point.</summary>
    Rate,

    /// <summary>The least-squares slope over event time, per second.</summary>
    Slope,

    /// <summary>The coefficient of determination of that line, 0 to 1.</summary>
    RSquared,

    /// <summary>A percentile with linear interpolation between ranks (as NumPy's default); the parameter is 0 to 100.</summary>
    Percentile,

    /// <summary>How many different values.</summary>
    Distinct,

    /// <summary>The mean weighted by 2^(-age / half-life); the parameter is the half-life in seconds.</summary>
    Ewma,

    /// <summary>The mean weighted by how long each value stood until the next; the newest stands until now.</summary>
    TimeWeightedMean,

    /// <summary>The fraction of points above the parameter.</summary>
    Above,

    /// <summary>The fraction of points below the parameter.</summary>
    Below,

    /// <summary>The median absolute deviation from the median.</summary>
    Mad,

    /// <summary>
    /// How far the newest value is from the median, in robust standard deviations (1.4826 MAD); beyond 3.5 either way is commonly called an outlier
    /// (Iglewicz and Hoaglin, 1993).
    /// </summary>
    ZScore,

    /// <summary>The next value by Holt-Winters smoothing; the parameter is the season in points, 0 for none.</summary>
    Forecast,

    /// <summary>The lower edge of the forecast's 3-sigma band.</summary>
    ForecastLow,

    /// <summary>The upper edge of the forecast's 3-sigma band.</summary>
    ForecastHigh,
}
