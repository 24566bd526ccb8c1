using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts;

/// <summary>One change of one alert, as its shard saw it. Immutable but for <see cref="Live"/>, which goes on following the points.</summary>
public sealed record AlertTransition
{
    /// <summary>Which alert: see <see cref="AlertNames"/>.</summary>
    public required string AlertId { get; init; }

    /// <summary>The rule as it was judged.</summary>
    public required RuleModel Rule { get; init; }

    /// <summary>The series it is about.</summary>
    public required SeriesKey Series { get; init; }

    /// <summary>What happened.</summary>
    public required AlertEventKind Kind { get; init; }

    /// <summary>Where the alert stands after it.</summary>
    public required AlertState State { get; init; }

    /// <summary>The event time at which it happened, in UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>The wall clock at which it happened, in UTC ticks.</summary>
    public required long Now { get; init; }

    /// <summary>When the condition began to hold, in UTC ticks; 0 while inactive.</summary>
    public long ActiveAt { get; init; }

    /// <summary>When the episode began, in UTC ticks; 0 where there is none.</summary>
    public long FiredAt { get; init; }

    /// <summary>The episode this belongs to; null where there is none.</summary>
    public string? Episode { get; init; }

    /// <summary>The severity now.</summary>
    public Severity Severity { get; init; }

    /// <summary>The figure judged.</summary>
    public double Value { get; init; }

    /// <summary>The worst figure of the episode; NaN where there is none.</summary>
    public double Peak { get; init; }

    /// <summary>How far the clocks of the alert have run.</summary>
    public AlertClock Clock { get; init; }

    /// <summary>Why it ended: <c>cleared</c>, <c>missing</c>, <c>nodata</c>, <c>edited</c>, <c>paused</c> or <c>deleted</c>; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>What was strange at the worst of the episode, in words; null where figures say enough.</summary>
    public string? Why { get; init; }

    /// <summary>Why it fires, or did.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>The figures that follow each point.</summary>
    public required LiveFigures Live { get; init; }
}
