namespace LiveDash.Core.Notifications;

/// <summary>What became of one attempt, and why.</summary>
public readonly record struct NotifyResult(NotifyOutcome Outcome, string? Detail = null)
{
    /// <summary>The receiver has it.</summary>
    public static NotifyResult Delivered { get; } = new(NotifyOutcome.Delivered);

    /// <summary>It may work later.</summary>
    public static NotifyResult Retry(string detail) => new(NotifyOutcome.Retry, detail);

    /// <summary>It will never work as it is.</summary>
    public static NotifyResult Refused(string detail) => new(NotifyOutcome.Refused, detail);
}
