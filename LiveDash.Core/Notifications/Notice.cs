using System.Text.Json.Serialization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Notifications;

/// <summary>One piece of news about one alert for one channel. Immutable.</summary>
public sealed record Notice
{
    /// <summary>Names it for good: episode, channel, kind and number. What a receiver may use to know a repeat.</summary>
    public string Key => $"{Episode}:{Channel}:{Kind}:{Number}";

    /// <summary>The episode it is about.</summary>
    public required string Episode { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary><c>firing</c>, <c>severity</c>, <c>flapping</c> or <c>resolved</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The how many-th of its kind in this episode and channel, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The series' canonical text.</summary>
    public required string Series { get; init; }

    /// <summary>How much it matters.</summary>
    public Severity Severity { get; init; }

    /// <summary>How much the receiver was told that it matters, before this; null for the first it is told.</summary>
    public Severity? ToldSeverity { get; init; }

    /// <summary>The figure; null where there is none.</summary>
    public double? Value { get; init; }

    /// <summary>The worst figure; null where there is none.</summary>
    public double? Peak { get; init; }

    /// <summary>Why it fires, or did.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>The rule's text; empty where the rule is known no more.</summary>
    public string Expression { get; init; } = "";

    /// <summary>When it fired, in UTC ticks.</summary>
    public long FiredAt { get; init; }

    /// <summary>When it was resolved, in UTC ticks; null while it fires.</summary>
    public long? ResolvedAt { get; init; }

    /// <summary>Why it was resolved; null while it fires.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What to say.</summary>
    public string Message { get; init; } = "";

    /// <summary>Where the alert is acknowledged or silenced without a sign-in; null where notices carry no links. Made as it is sent, and not kept.</summary>
    [JsonIgnore]
    public string? Link { get; init; }

    /// <summary>Where a picture of the alert's chart is; null where notices carry no links. Made as it is sent, and not kept.</summary>
    [JsonIgnore]
    public string? Picture { get; init; }

    /// <summary>When it was planned, in UTC ticks of the wall clock.</summary>
    public long PlannedAt { get; init; }
}
