namespace LiveDash.Core.Notifications;

/// <summary>Notices that go to a channel together, with what became of it so far. Immutable: an attempt makes another.</summary>
public sealed record Delivery
{
    /// <summary>The <c>Idempotency-Key</c>: the notice's own key, or a hash of all where there are several. The same at every attempt.</summary>
    public required string Key { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>The rule's id: deliveries of one rule to one channel keep their order.</summary>
    public required string RuleId { get; init; }

    /// <summary>What it tells; at least one, all of one rule.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }

    /// <summary>Orders deliveries of one rule and channel.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was made, in UTC ticks.</summary>
    public required long MadeAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next, in UTC ticks.</summary>
    public long NextAt { get; init; }

    /// <summary>What went wrong last; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>True where it was given up before and somebody had it taken up again.</summary>
    public bool IsTakenUp { get; init; }

    /// <summary>True once it is not tried any more.</summary>
    public bool IsUndelivered { get; init; }
}
