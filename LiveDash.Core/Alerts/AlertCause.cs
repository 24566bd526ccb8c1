namespace LiveDash.Core.Alerts;

/// <summary>Why an alert fires, or last did.</summary>
public enum AlertCause
{
    /// <summary>Its condition holds.</summary>
    Breach,

    /// <summary>No data came, and the rule counts that as an alert.</summary>
    NoData,

    /// <summary>It could not be judged, and the rule counts that as an alert.</summary>
    Error,
}
