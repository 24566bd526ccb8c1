using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// A rule that a program brings itself, with what it does when an alert of it begins and ends. It is put among the rules at each start, under its own id, as it stands in the code, and is judged, kept, shown and
/// told like any other. Registered by <see cref="CodeRuleServices.AddCodeRule{TRule}"/>.
/// </summary>
public abstract class CodeRule
{
    /// <summary>The rule, with an id of its own; in either grammar. Read once.</summary>
    public abstract RuleConfig Config { get; }

    /// <summary>An alert has begun to fire. Called on the loop that judges, so it must return at once: longer work is handed on. What it throws is logged, and harms nothing.</summary>
    public virtual void OnFired(AlertTransition alert)
    {
    }

    /// <summary>An alert is over. Called as <see cref="OnFired"/> is, after it.</summary>
    public virtual void OnResolved(AlertTransition alert)
    {
    }
}
