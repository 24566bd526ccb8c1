using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>What is remembered of an alert over a restart. Immutable.</summary>
public sealed record KeptAlert
{
    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's meaning when it was judged; a rule that means something else now does not take it over.</summary>
    public required string Meaning { get; init; }

    /// <summary>The series' canonical text.</summary>
    public required string Series { get; init; }

    /// <summary>Where it stood.</summary>
    public required AlertState State { get; init; }

    /// <summary>When the condition began to hold, in UTC ticks.</summary>
    public required long ActiveAt { get; init; }

    /// <summary>When the episode began, in UTC ticks; 0 where there is none.</summary>
    public required long FiredAt { get; init; }

    /// <summary>The open episode; null where there is none.</summary>
    public string? Episode { get; init; }

    /// <summary>The severity.</summary>
    public Severity Severity { get; init; }

    /// <summary>The figure judged last.</summary>
    public double? Value { get; init; }

    /// <summary>Why it fires.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>What was strange at the worst of the episode, in words; null where figures say enough.</summary>
    public string? Why { get; init; }

    /// <summary>The worst figure of the episode.</summary>
    public double? Peak { get; init; }

    /// <summary>How long the running <c>for</c> or <c>keep</c> has held, in ticks.</summary>
    public long Elapsed { get; init; }

    /// <summary>The event time up to which that was counted, in UTC ticks.</summary>
    public long LastAt { get; init; }

    /// <summary>What is kept after a change and what its clock has counted since.</summary>
    internal static KeptAlert Of(AlertTransition last, AlertClock clock) => new()
    {
        RuleId = last.Rule.Id,
        Meaning = last.Rule.Meaning,
        Series = last.Series.ToString(),
        State = last.State,
        ActiveAt = last.ActiveAt,
        FiredAt = last.FiredAt,
        Episode = last.Episode,
        Severity = last.Severity,
        Value = double.IsFinite(clock.Value) ? clock.Value : null,
        Peak = double.IsFinite(clock.Peak) ? clock.Peak : null,
        Cause = last.Live.Cause,
        Why = last.Live.Why,
        Elapsed = clock.Elapsed,
        LastAt = clock.LastAt,
    };
}
