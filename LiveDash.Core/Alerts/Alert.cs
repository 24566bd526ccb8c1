using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts;

/// <summary>One alert as it stood when it was asked for. Immutable.</summary>
public sealed record Alert
{
    /// <summary>Its lasting name; see <see cref="AlertNames"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The rule that made it.</summary>
    public required RuleModel Rule { get; init; }

    /// <summary>The series it is about.</summary>
    public required SeriesKey Series { get; init; }

    /// <summary>Where it stands; an alert that is resolved is inactive.</summary>
    public required AlertState State { get; init; }

    /// <summary>Whether it can be judged.</summary>
    public AlertHealth Health { get; init; }

    /// <summary>How much it matters now.</summary>
    public Severity Severity { get; init; }

    /// <summary>The figure judged last; NaN where there is none.</summary>
    public double Value { get; init; }

    /// <summary>The state judged last, where the figures are states; else null.</summary>
    public string? Text { get; init; }

    /// <summary>Why it fires.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>What was strange at the worst of the episode, in words; null where figures say enough.</summary>
    public string? Why { get; init; }

    /// <summary>The worst figure of the episode; NaN where there is none.</summary>
    public double Peak { get; init; }

    /// <summary>When the condition began to hold, in UTC ticks.</summary>
    public long ActiveAt { get; init; }

    /// <summary>When it fired, in UTC ticks; 0 where it has not.</summary>
    public long FiredAt { get; init; }

    /// <summary>The open episode; null where there is none.</summary>
    public string? Episode { get; init; }

    /// <summary>True once a person has taken note of the open episode.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>True while a silence covers it.</summary>
    public bool IsSilenced { get; init; }

    /// <summary>True while it changes so often that each change is no news.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>What its rule says of it, by name, with the labels and the value filled in; empty where the rule says nothing.</summary>
    public IReadOnlyDictionary<string, string> Annotations => AlertLabels.Annotations(Rule, Series, Value);

    /// <summary>True while an episode is open.</summary>
    public bool IsOpen => State is AlertState.Firing or AlertState.Recovering;
}
