using System.Text.Json.Serialization;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

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

    /// <summary>Conditions on the labels of the alerts it covers, all of which must hold; empty for any.</summary>
    public IReadOnlyList<AlertMatcher> Matchers { get; init; } = [];

    /// <summary>Who made it; empty where that is not known.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>From when, in UTC ticks.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Until when, in UTC ticks.</summary>
    public required long EndsAt { get; init; }

    /// <summary>Why.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What it covers, in a few words.</summary>
    [JsonIgnore]
    public string What => string.Join(' ', new[] { Series ?? "", string.Join(", ", Matchers) }.Where(static part => part.Length > 0));

    /// <summary>Why it covers nothing, though it was taken when it was made; null where it covers what it says.</summary>
    [JsonIgnore]
    public string? Fault => Matchers.Select(static matcher => matcher.Fault).FirstOrDefault(static fault => fault is not null);

    /// <summary>True when it covers the alert of this rule and series at that time.</summary>
    public bool Covers(RuleModel rule, SeriesKey series, Severity severity, long now) =>
        Covers(rule.Id, rule.Config.Name, rule.Config.Labels, series, severity, now);

    /// <summary>True when it covers the alert of a rule, by its id, name and labels, and series at that time.</summary>
    public bool Covers(string ruleId, string ruleName, IReadOnlyDictionary<string, string> ruleLabels, SeriesKey series, Severity severity, long now)
    {
        if (now < StartsAt || now >= EndsAt || !(Rule is null || Rule == ruleId || Rule == ruleName) || !(Series is null || _pattern?.Matches(series) == true)) return false;
        if (Matchers.Count == 0) return true;
        var labels = AlertLabels.Of(ruleName, ruleLabels, series.ToString(), severity);
        return Matchers.All(matcher => matcher.Matches(labels));
    }
}
