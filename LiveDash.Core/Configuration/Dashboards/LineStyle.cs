namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>How a panel draws its series.</summary>
public enum LineStyle
{
    /// <summary>A line, with a band from min to max where a mean stands for many points.</summary>
    Line,

    /// <summary>A line filled to the foot.</summary>
    Area,

    /// <summary>Each value holds until the next.</summary>
    Steps,

    /// <summary>Areas on one another, so that the uppermost line is the sum.</summary>
    Stacked,
}
