namespace LiveDash.Core.Plots;

/// <summary>The file a plot becomes.</summary>
public enum PlotFormat
{
    /// <summary>8-bit RGB.</summary>
    Png,

    /// <summary>Text stays text; no size limit on paper.</summary>
    Svg,

    /// <summary>One page.</summary>
    Pdf,
}
