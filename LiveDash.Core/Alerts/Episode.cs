using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts;

/// <summary>One stretch of firing, kept in history. Immutable: a change makes another.</summary>
public sealed record Episode
{
    /// <summary>The most events one keeps; the oldest but the first go.</summary>
    public const int MaxEvents = 200;

    /// <summary>Its lasting name.</summary>
    public required string Id { get; init; }

    /// <summary>The alert it belongs to.</summary>
    public required string AlertId { get; init; }

    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's name when it fired.</summary>
    public required string RuleName { get; init; }

    /// <summary>The series' canonical text.</summary>
    public required string Series { get; init; }

    /// <summary>The highest severity it has had.</summary>
    public Severity Severity { get; init; }

    /// <summary>Why it began.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>When the condition began to hold, in UTC ticks.</summary>
    public long ActiveAt { get; init; }

    /// <summary>When it fired, in UTC ticks.</summary>
    public required long FiredAt { get; init; }

    /// <summary>When it was resolved, in UTC ticks; null while it is open.</summary>
    public long? ResolvedAt { get; init; }

    /// <summary>Why it was resolved; null while it is open.</summary>
    public string? Reason { get; init; }

    /// <summary>The worst figure; null where there was none.</summary>
    public double? Peak { get; init; }

    /// <summary>The newest state, where the figures are states; else null.</summary>
    public string? Text => Events.Count == 0 ? null : Events[^1].Text ?? Events.LastOrDefault(static one => one.Text is not null)?.Text;

    /// <summary>What was strange at the worst of it, in words; null where figures say enough.</summary>
    public string? Why { get; init; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<EpisodeEvent> Events { get; init; } = [];

    /// <summary>The episode a change belongs to, before the change.</summary>
    internal static Episode Begin(AlertTransition transition) => new()
    {
        Id = transition.Episode!,
        AlertId = transition.AlertId,
        RuleId = transition.Rule.Id,
        RuleName = transition.Rule.Config.Name,
        Series = transition.Series.ToString(),
        ActiveAt = transition.ActiveAt,
        FiredAt = transition.FiredAt,
        Cause = transition.Cause,
    };

    /// <summary>The episode after a change.</summary>
    internal Episode With(AlertTransition transition)
    {
        var detail = transition.Kind switch
        {
            AlertEventKind.Fired or AlertEventKind.SeverityChanged => transition.Severity.ToString().ToLowerInvariant(),
            AlertEventKind.Resolved => transition.Reason,
            _ => null,
        };
        var isOver = transition.Kind == AlertEventKind.Resolved;
        return With(new EpisodeEvent(transition.At, transition.Kind, Finite(transition.Value), detail, transition.Cause, transition.Live.TextOf(transition.Value))) with
        {
            Peak = Finite(transition.Peak) ?? Peak,
            Why = transition.Why ?? Why,
            Severity = transition.Severity > Severity ? transition.Severity : Severity,
            ResolvedAt = isOver ? transition.At : null,
            Reason = isOver ? transition.Reason : null,
        };
    }

    /// <summary>The episode ended for a reason outside of its points.</summary>
    internal Episode Close(long at, string reason, double? value) =>
        With(new EpisodeEvent(at, AlertEventKind.Resolved, value, reason)) with { ResolvedAt = at, Reason = reason };

    /// <summary>The episode with one more event.</summary>
    public Episode With(EpisodeEvent happened) =>
        this with { Events = Events.Count < MaxEvents ? [.. Events, happened] : [Events[0], .. Events.Skip(2), happened] };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The acknowledgement that stands: who and why is its detail. Null where nobody has taken note, or took it back.</summary>
    public EpisodeEvent? Acknowledgement =>
        Events.LastOrDefault(static one => one.Kind is AlertEventKind.Acknowledged or AlertEventKind.Unacknowledged) is { Kind: AlertEventKind.Acknowledged } stands ? stands : null;
}
