namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>What a threshold says of the values beyond it.</summary>
public enum ThresholdColor
{
    /// <summary>Nothing good or bad: a border to know.</summary>
    Info,

    /// <summary>They are as they should be.</summary>
    Ok,

    /// <summary>They are a warning.</summary>
    Warning,

    /// <summary>They are critical.</summary>
    Critical,
}
