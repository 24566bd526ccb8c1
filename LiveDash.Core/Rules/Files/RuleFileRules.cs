namespace LiveDash.Core.Rules.Files;

/// <summary>The rules read from a file so far, each id once. Bounded by the file's length. Not thread-safe.</summary>
internal sealed class RuleFileRules
{
    private readonly List<RuleConfig> _all = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The rules, in the file's order.</summary>
    public IReadOnlyList<RuleConfig> All => _all;

    /// <summary>Takes a rule; false where there is one of that id already.</summary>
    public bool TryAdd(RuleConfig rule)
    {
        if (!_ids.Add(rule.Id)) return false;
        _all.Add(rule);
        return true;
    }
}
