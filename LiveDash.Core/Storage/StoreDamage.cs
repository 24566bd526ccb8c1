namespace LiveDash.Core.Storage;

/// <summary>Something that was found damaged on disk, and what it cost. Immutable.</summary>
public sealed record StoreDamage
{
    /// <summary>Its name; unique.</summary>
    public required string Id { get; init; }

    /// <summary>When it was found, by this machine's clock.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>What was hit: <c>block</c> and <c>commit</c> hold points, <c>series</c> a name, <c>document</c> settings and the like, <c>page</c> the file's own order.</summary>
    public required string Part { get; init; }

    /// <summary>What happened, for an operator: one sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The pages of the database file (4 KiB each, counted from 1) that it stands on, as far as they could be told.</summary>
    public IReadOnlyList<int> Pages { get; init; } = [];

    /// <summary>The series whose points are lost; null where there are several or none.</summary>
    public string? Series { get; init; }

    /// <summary>The event time of the first point that is lost; null where none is, or it is not known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The event time of the last point that is lost.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How many points are lost.</summary>
    public long Points { get; init; }

    /// <summary>True where a second copy had everything, so that nothing is lost.</summary>
    public bool IsRestored { get; init; }

    /// <summary>True once somebody has taken note of it.</summary>
    public bool IsAcknowledged { get; init; }
}
