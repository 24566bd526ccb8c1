namespace LiveDash.Core.Alerts;

/// <summary>Where an alert stands. Resolved is an event, not a state.</summary>
public enum AlertState
{
    /// <summary>Nothing is wrong.</summary>
    Inactive,

    /// <summary>The condition holds, but not yet for long enough.</summary>
    Pending,

    /// <summary>The condition has held for long enough; an episode is open.</summary>
    Firing,

    /// <summary>The condition is gone, but not yet for long enough; the episode is still open.</summary>
    Recovering,
}
