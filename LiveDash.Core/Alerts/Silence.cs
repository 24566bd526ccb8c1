using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts;

/// <summary>Mutes the notices of some alerts for a time; their state goes on. Immutable.</summary>
public sealed record Silence
{
    private readonly string? _series;

    // Read once: a silence is asked for each alert again and again.
    private readonly SeriesPattern? _pattern;

    /// <summary>Names it; given by the server.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id or name it covers; null for any.</summary>
    public string? Rule { get; init; }

    /// <summary>A pattern of the series it covers; null for any.</summary>
    public string? Series
    {
        get => _series;
        init
        {
            _series = value;
            _pattern = value is not null && SeriesPattern.TryParse(value, out var pattern) ? pattern : null;
        }
    }

    /// <summary>From when, in UTC ticks.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Until when, in UTC ticks.</summary>
    public required long EndsAt { get; init; }

    /// <summary>Why.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True when it covers the alert of this rule and series at that time.</summary>
    public bool Covers(Rules.RuleModel rule, SeriesKey series, long now) => Covers(rule.Id, rule.Config.Name, series, now);

    /// <summary>True when it covers the alert of a rule, by its id and name, and series at that time.</summary>
    public bool Covers(string ruleId, string ruleName, SeriesKey series, long now) =>
        now >= StartsAt && now < EndsAt && (Rule is null || Rule == ruleId || Rule == ruleName) && (Series is null || _pattern?.Matches(series) == true);
}
