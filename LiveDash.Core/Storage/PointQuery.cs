using LiveDash.Core.Model;

namespace LiveDash.Core.Storage;

/// <summary>Which stored points are asked for. Immutable.</summary>
public sealed record PointQuery
{
    /// <summary>The interned series, each at most once.</summary>
    public required IReadOnlyList<int> Series { get; init; }

    /// <summary>Event times, half-open.</summary>
    public TimeRange Range { get; init; } = TimeRange.All;

    /// <summary>At most so many points; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Newest first: by (time, id) descending.</summary>
    public bool Descending { get; init; }

    /// <summary>Only points located within; edges count as inside.</summary>
    public BoundingBox? Box { get; init; }

    /// <summary>Only points that have a location.</summary>
    public bool LocatedOnly { get; init; }

    /// <summary>Resumes after the point (time, id) that was seen last, in the order asked for; null to begin at the beginning.</summary>
    public (long Ticks, long Id)? After { get; init; }

    /// <summary>Gives the hashes of the senders' ids, too.</summary>
    public bool WithSenders { get; init; }

    /// <summary>Gives what rows say that stand for several points, of series kept in tiers; without it they are the last of those points.</summary>
    public bool WithSummaries { get; init; }

    /// <summary>Only points with a greater id, so those that arrived after it, whatever their times; 0 for all.</summary>
    public long ArrivedAfter { get; init; }
}
