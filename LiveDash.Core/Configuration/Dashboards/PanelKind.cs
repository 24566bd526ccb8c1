namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>What a panel shows.</summary>
public enum PanelKind
{
    /// <summary>One number with a sparkline.</summary>
    Stat,

    /// <summary>Lines over time.</summary>
    Chart,

    /// <summary>The states of series over time, each a strip.</summary>
    States,

    /// <summary>Located points on a raster, which light up as they arrive.</summary>
    Grid,

    /// <summary>A table of the chosen series with their newest values.</summary>
    Series,

    /// <summary>The newest image of a scheduled plot.</summary>
    Image,

    /// <summary>What a series is expected to do, with a band, and when it reaches a value.</summary>
    Forecast,

    /// <summary>A heading across the whole width; the panels below it, down to the next one, can be folded away.</summary>
    Section,
}
