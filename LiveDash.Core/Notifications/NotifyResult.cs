namespace LiveDash.Core.Notifications;

/// <summary>What became of one attempt, and why.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Detail">Why; null where there is nothing to say.</param>
/// <param name="After">How long the receiver wants to be left alone; null where it did not say.</param>
public readonly record struct NotifyResult(NotifyOutcome Outcome, string? Detail = null, TimeSpan? After = null)
{
    /// <summary>The receiver has it.</summary>
    public static NotifyResult Delivered { get; } = new(NotifyOutcome.Delivered);

    /// <summary>It may work later.</summary>
    public static NotifyResult Retry(string detail, TimeSpan? after = null) => new(NotifyOutcome.Retry, detail, after);

    /// <summary>It will never work as it is.</summary>
    public static NotifyResult Refused(string detail) => new(NotifyOutcome.Refused, detail);
}
