namespace LiveDash.Core.Detection;

/// <summary>How readily a detector calls a moment strange, told by its price: false alarms on data in which nothing happens.</summary>
public enum Sensitivity
{
    /// <summary>About one false alarm a series in four months.</summary>
    Low,

    /// <summary>At most one false alarm a series and month: the default.</summary>
    Medium,

    /// <summary>One or two false alarms a series and month.</summary>
    High,
}
