using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The worst open alert of a panel's series. Immutable.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="IsRecovering">True while its condition is gone, but not yet for long enough.</param>
/// <param name="Series">Which series.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Why, such as "above 300 ms".</param>
/// <param name="Since">When it fired, as ISO 8601.</param>
/// <param name="Count">How many alerts of the panel's series are open.</param>
public sealed record PanelAlert(Severity Severity, bool IsRecovering, string Series, string Rule, string Reason, string Since, int Count)
{
    /// <summary>The chip's word.</summary>
    public string Word => IsRecovering ? "Recovering" : SeverityWords.Word(Severity);

    /// <summary>The css class that colours border and value: <c>crit</c>, <c>warn</c> or <c>info</c>.</summary>
    public string Class => SeverityWords.Class(Severity);
}
