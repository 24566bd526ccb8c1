using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts;

/// <summary>Mutes the notices of some alerts for a time; their state goes on. Immutable.</summary>
public sealed record Silence
{
    /// <summary>Names it; given by the server.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id or name it covers; null for any.</summary>
    public string? Rule { get; init; }

    /// <summary>A pattern of the series it covers; null for any.</summary>
    public string? Series { get; init; }

    /// <summary>From when, in UTC ticks.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Until when, in UTC ticks.</summary>
    public required long EndsAt { get; init; }

    /// <summary>Why.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True when it covers the alert of this rule and series at that time.</summary>
    public bool Covers(Rules.RuleModel rule, SeriesKey series, long now) =>
        now >= StartsAt && now < EndsAt
        && (Rule is null || Rule == rule.Id || Rule == rule.Config.Name)
        && (Series is null || (SeriesPattern.TryParse(Series, out var pattern) && pattern!.Matches(series)));
}
