namespace LiveDash.Core.Alerts;

/// <summary>Whether an alert or a rule can be judged; apart from its state.</summary>
public enum AlertHealth
{
    /// <summary>Judged.</summary>
    Ok,

    /// <summary>No series of the rule sends anything.</summary>
    NoData,

    /// <summary>Judging failed three times in a row.</summary>
    Error,

    /// <summary>The rule has as many instances as the limit allows; further series are not judged.</summary>
    Limit,
}
