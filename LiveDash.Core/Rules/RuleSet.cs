using LiveDash.Core.Model;

namespace LiveDash.Core.Rules;

/// <summary>The rules in force, each id once. Immutable: a change swaps the whole set.</summary>
public sealed class RuleSet(IReadOnlyList<RuleModel> rules)
{
    private readonly Dictionary<string, RuleModel> _byId = rules.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
    // By the name that a rule's pattern spells, the places of the rules; those of several names stand under none.
    private readonly Lazy<ILookup<string, int>> _byName = new(() => Enumerable.Range(0, rules.Count).ToLookup(place => NameOf(rules[place].Pattern), StringComparer.Ordinal));

    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>The rules, in the order of their making.</summary>
    public IReadOnlyList<RuleModel> Rules => rules;

    /// <summary>Those that are judged series by series; the others are in PromQL.</summary>
    public RuleSet OfSeries() => rules.All(static rule => rule.Query is null) ? this : new([.. rules.Where(static rule => rule.Query is null)]);

    /// <summary>The rules whose pattern may choose a series of a name, in the order of their making; it is to be asked.</summary>
    public IEnumerable<RuleModel> MayChoose(string name) => _byName.Value[name].Concat(name.Length > 0 ? _byName.Value[""] : []).Order().Select(place => rules[place]);

    /// <summary>One rule, or null.</summary>
    public RuleModel? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The set with this rule added, or in the place of the one with its id.</summary>
    public RuleSet With(RuleModel rule) =>
        new(Find(rule.Id) is { } old ? [.. rules.Select(r => ReferenceEquals(r, old) ? rule : r)] : [.. rules, rule]);

    /// <summary>The set without the rule.</summary>
    public RuleSet Without(string id) => new([.. rules.Where(rule => rule.Id != id)]);

    private static string NameOf(SeriesPattern pattern) => pattern.IsExact || !pattern.ExactKey.Name.AsSpan().ContainsAny('*', '?', '\\') ? pattern.ExactKey.Name : "";
}
