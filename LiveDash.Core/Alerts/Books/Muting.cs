namespace LiveDash.Core.Alerts.Books;

/// <summary>Why a change of an alert is told to nobody as it is.</summary>
public enum Muting
{
    /// <summary>It is told.</summary>
    None,

    /// <summary>It is the change from which on the alert flaps: that is told in its place, once.</summary>
    BeginsToFlap,

    /// <summary>The alert flaps: nothing is told until it has been calm.</summary>
    Flaps,

    /// <summary>A silence covers the alert.</summary>
    Silenced,
}
