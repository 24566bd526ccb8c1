namespace LiveDash.Core.Rules;

/// <summary>The rules in force, each id once. Immutable: a change swaps the whole set.</summary>
public sealed class RuleSet(IReadOnlyList<RuleModel> rules)
{
    private readonly Dictionary<string, RuleModel> _byId = rules.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>The rules, in the order of their making.</summary>
    public IReadOnlyList<RuleModel> Rules => rules;

    /// <summary>Those that are judged series by series; the others are in PromQL.</summary>
    public RuleSet OfSeries() => rules.All(static rule => rule.Query is null) ? this : new([.. rules.Where(static rule => rule.Query is null)]);

    /// <summary>One rule, or null.</summary>
    public RuleModel? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The set with this rule added, or in the place of the one with its id.</summary>
    public RuleSet With(RuleModel rule) =>
        new(Find(rule.Id) is { } old ? [.. rules.Select(r => ReferenceEquals(r, old) ? rule : r)] : [.. rules, rule]);

    /// <summary>The set without the rule.</summary>
    public RuleSet Without(string id) => new([.. rules.Where(rule => rule.Id != id)]);
}
