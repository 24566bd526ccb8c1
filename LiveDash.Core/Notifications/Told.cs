using LiveDash.Core.Rules;

namespace LiveDash.Core.Notifications;

/// <summary>What a channel was told of an alert last. Immutable.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Episode">The episode.</param>
/// <param name="RuleId">The rule's id.</param>
/// <param name="Firing">How often it was told to fire.</param>
/// <param name="Changes">How often it was told of another severity.</param>
/// <param name="LastAt">When, in UTC ticks.</param>
public sealed record Told(string AlertId, string Channel, string Episode, string RuleId, int Firing, int Changes, long LastAt)
{
    /// <summary>The severity it was told with last.</summary>
    public Severity Severity { get; init; }

    /// <summary>The labels it was told with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
