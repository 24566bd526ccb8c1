namespace LiveDash.Core.Alerts;

/// <summary>What happened to an alert at a step.</summary>
public enum AlertEventKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The condition began to hold; the clock of <c>for</c> runs.</summary>
    Pending,

    /// <summary>The condition went away before <c>for</c> was over.</summary>
    Dropped,

    /// <summary>An episode began.</summary>
    Fired,

    /// <summary>The condition went away; the clock of <c>keep</c> runs.</summary>
    Recovering,

    /// <summary>The condition came back before <c>keep</c> was over: the same episode goes on.</summary>
    Returned,

    /// <summary>The severity of an open episode changed.</summary>
    SeverityChanged,

    /// <summary>The episode ended.</summary>
    Resolved,

    /// <summary>A person has taken note.</summary>
    Acknowledged,

    /// <summary>A person took that back.</summary>
    Unacknowledged,
}
