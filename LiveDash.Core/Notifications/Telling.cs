namespace LiveDash.Core.Notifications;

/// <summary>How a delivery ended: a receiver took it, or it was given up. Kept for the history of the episodes it told of. Immutable.</summary>
public sealed record Telling
{
    /// <summary>The delivery's key.</summary>
    public required string Key { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>When it ended, in UTC ticks of the wall clock.</summary>
    public required long At { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why it was given up, or what of it was left out; null where a receiver has all of it.</summary>
    public string? Error { get; init; }

    /// <summary>True where it was given up.</summary>
    public bool IsUndelivered { get; init; }

    /// <summary>What it told.</summary>
    public required IReadOnlyList<ToldNotice> Notices { get; init; }
}
