namespace LiveDash.Core.Plots;

/// <summary>What is drawn.</summary>
public enum PlotKind
{
    /// <summary>Values over time; with a bucket its mean with a band from the least to the greatest.</summary>
    Line,

    /// <summary>Each point a dot, values over time.</summary>
    Scatter,

    /// <summary>Each located point a dot at its place, both axes at the same scale.</summary>
    Map,

    /// <summary>How often each value came.</summary>
    Histogram,

    /// <summary>Median, quartiles and outliers for each value of a tag.</summary>
    Box,

    /// <summary>One bar for each hour of the day.</summary>
    BarHour,

    /// <summary>One bar for each value of a tag.</summary>
    BarTag,

    /// <summary>Hour of the day by day of the week.</summary>
    HeatmapWeek,

    /// <summary>Located points in a grid of cells.</summary>
    HeatmapGrid,

    /// <summary>One series against another, with the line of least squares.</summary>
    Correlation,

    /// <summary>A small line without axes.</summary>
    Sparkline,
}
