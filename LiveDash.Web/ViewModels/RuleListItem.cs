using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>One rule in the list. Immutable, equal by what it shows.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Health">Whether it can be judged.</param>
/// <param name="Instances">On how many series it is judged.</param>
/// <param name="Firing">How many alerts are open.</param>
/// <param name="Pending">How many wait.</param>
/// <param name="LastFired">When it fired last, in UTC ticks; 0 where it never has.</param>
/// <param name="TellsNobody">True where it names no channel that there is, and none is the default.</param>
public sealed record RuleListItem(RuleModel Rule, AlertHealth Health, int Instances, int Firing, int Pending, long LastFired, bool TellsNobody)
{
    /// <summary>Every rule: those that fire first, then by name.</summary>
    public static IReadOnlyList<RuleListItem> All(RuleSet rules, RuleStates states, IReadOnlyList<Alert> alerts, IReadOnlyList<Episode> episodes, ChannelBook channels)
    {
        var last = episodes.GroupBy(static e => e.RuleId, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Max(static e => e.FiredAt), StringComparer.Ordinal);
        var byRule = alerts.ToLookup(static a => a.Rule.Id, StringComparer.Ordinal);
        return [.. rules.Rules
            .Select(rule => new RuleListItem(
                rule, states[rule.Id].Health, states[rule.Id].Instances, byRule[rule.Id].Count(static a => a.IsOpen),
                byRule[rule.Id].Count(static a => a.State == AlertState.Pending), last.GetValueOrDefault(rule.Id), !channels.Of(rule.Config).Any(name => channels.Find(name) is not null)))
            .OrderByDescending(static item => item.Firing > 0)
            .ThenBy(static item => item.Rule.Config.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Where it stands, in a word or two.</summary>
    public string State => Rule.Config.Paused ? "Paused"
        : Firing > 0 ? Instances > 1 ? $"{Firing:N0} firing" : "Firing"
        : Pending > 0 ? "Pending"
        : "Quiet";
}
