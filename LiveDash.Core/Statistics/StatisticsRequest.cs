using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;

namespace LiveDash.Core.Statistics;

/// <summary>Of which points statistics are made. Immutable.</summary>
public sealed record StatisticsRequest
{
    /// <summary>The interned series, each at most once.</summary>
    public required IReadOnlyList<int> Series { get; init; }

    /// <summary>Event times, half-open.</summary>
    public TimeRange Range { get; init; } = TimeRange.All;

    /// <summary>Only what lies within; null for all.</summary>
    public Shape? Shape { get; init; }

    /// <summary>What the shape's corners are; flat edges.</summary>
    public ShapePlane Plane { get; init; }

    /// <summary>The zone whose hours and weekdays are told. Default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How many bins the histogram has, 2 to 500; null for what the values suggest.</summary>
    public int? Bins { get; init; }
}
