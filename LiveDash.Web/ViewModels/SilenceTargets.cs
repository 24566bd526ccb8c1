using LiveDash.Core.Alerts;

namespace LiveDash.Web.ViewModels;

/// <summary>What to silence for a choice of alerts. Pure.</summary>
public static class SilenceTargets
{
    /// <summary>From how many alerts of a rule on, where all of them are chosen, one silence of the rule stands for them.</summary>
    public const int Many = 11;

    /// <summary>The rules and series to silence: each alert by itself, but a rule as a whole where all of its many alerts were chosen.</summary>
    /// <param name="chosen">The alerts chosen.</param>
    /// <param name="alerts">All that are not inactive.</param>
    /// <returns>The rule's id, and the series or null for all of them.</returns>
    public static IReadOnlyList<(string RuleId, string? Series)> Of(IReadOnlyList<AlertListItem> chosen, IReadOnlyList<Alert> alerts)
    {
        var there = alerts.CountBy(static alert => alert.Rule.Id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. chosen.GroupBy(static item => item.RuleId, StringComparer.Ordinal).SelectMany(group =>
            group.Count() >= Many && group.Count() >= there.GetValueOrDefault(group.Key)
                ? [(group.Key, (string?)null)]
                : group.Select(static item => (item.RuleId, (string?)item.Series)))];
    }
}
