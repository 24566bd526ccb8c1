namespace LiveDash.Core.Notifications;

/// <summary>What became of one attempt.</summary>
public enum NotifyOutcome
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>It may work later.</summary>
    Retry,

    /// <summary>It will never work as it is.</summary>
    Refused,
}
