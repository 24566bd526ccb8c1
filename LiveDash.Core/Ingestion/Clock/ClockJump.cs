namespace LiveDash.Core.Ingestion.Clock;

/// <summary>The server's clock jumped: it moved by another stretch than the monotonic clock, and points that came without a time may carry a wrong one. Immutable.</summary>
public sealed record ClockJump
{
    /// <summary>How many series are named; the points of further ones are counted.</summary>
    public const int MaxSeries = 1_000;

    /// <summary>Names it for good.</summary>
    public required string Id { get; init; }

    /// <summary>What the clock showed before, in UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>By how much it jumped, in ticks; below zero where it was set back.</summary>
    public required long By { get; init; }

    /// <summary>The first time that it showed afterwards, in UTC ticks.</summary>
    public required long From { get; init; }

    /// <summary>The last time that it showed before it came back, in UTC ticks; null while it has not.</summary>
    public long? To { get; init; }

    /// <summary>True once it counts as set for good: it did not come back within a day, or jumped elsewhere.</summary>
    public bool IsSettled { get; init; }

    /// <summary>How many points came meanwhile with a time that lies in that stretch.</summary>
    public long Points { get; init; }

    /// <summary>The same by series, the most first; at most <see cref="MaxSeries"/>.</summary>
    public IReadOnlyList<ClockMark> Series { get; init; } = [];

    /// <summary>True once somebody has seen it and wants it shown no more.</summary>
    public bool IsDismissed { get; init; }

    /// <summary>True while the clock stands where it jumped to and may come back.</summary>
    public bool IsOpen => To is null && !IsSettled;
}
