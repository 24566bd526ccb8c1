using System.Collections.Concurrent;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>The state of each rule by its id; forgotten when the rule is. All members are thread-safe.</summary>
public sealed class RuleStates
{
    private readonly ConcurrentDictionary<string, RuleState> _states = new(StringComparer.Ordinal);

    /// <summary>The state of a rule.</summary>
    public RuleState this[string ruleId] => _states.GetOrAdd(ruleId, static _ => new RuleState());

    /// <summary>Forgets the rules that are not in the set any more.</summary>
    public void Keep(Rules.RuleSet rules)
    {
        foreach (var id in _states.Keys)
        {
            if (rules.Find(id) is not { } rule) _states.TryRemove(id, out _);
            else _states[id].Forget(rule.Config.Paused ? "" : rule.Meaning);
        }
    }
}
