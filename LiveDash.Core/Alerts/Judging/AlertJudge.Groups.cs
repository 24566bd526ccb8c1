using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

// Rules that judge the series of a tag value together: the first of them makes the alert, whoever joins later is added.
public sealed partial class AlertJudge
{
    private readonly Dictionary<string, TagGroups> _groups = new(StringComparer.Ordinal);

    private void AddGroup(RuleModel rule, Anomaly condition, SeriesWatch watch, long now)
    {
        if (GroupsOf(rule, condition).Of(watch.Series) is not { } group || group.Members[0] != watch.Series) return;
        var state = parts.States[rule.Id];
        if (watch.Alerts.Exists(alert => alert.Rule.Id == rule.Id) || !state.TryAddInstance(parts.Limits.MaxAlertsPerRule)) return;
        if (watch.IsLapsed) watch.Resume(now);
        var vote = new GroupVote();
        Join(condition, vote, group.Members, now);
        var key = new SeriesKey("anomaly", [new(condition.By!, group.Value)]);
        watch.Alerts.Add(new AlertInstance(rule, state, key, BoundCondition.Together(condition, vote), parts.Log, now));
    }

    // Once a tick: a series that is new belongs to its group from then on.
    private void FollowGroups(long now)
    {
        if (_groups.Count == 0) return;
        foreach (var watch in _watched.ToArray())
        {
            foreach (var alert in watch.Alerts)
            {
                if (alert.Rule.Driver is not Anomaly { By: not null } condition || alert.Condition.Vote is not { } vote) continue;
                if (GroupsOf(alert.Rule, condition).Of(watch.Series) is { } group) Join(condition, vote, group.Members, now);
            }
        }
    }

    private void Join(Anomaly condition, GroupVote vote, IReadOnlyList<int> members, long now)
    {
        for (var i = vote.Count; i < Math.Min(members.Count, GroupVote.MostMembers); i++)
        {
            var name = parts.Catalog[members[i]].ToString();
            var leaf = new Anomaly(name, condition.Sensitivity);
            vote.Add(name, members[i] % shards == shard
                ? BoundCondition.Here(leaf, WatchOf(members[i], now), windows, parts.Words.WordsOf(parts.Catalog[members[i]]), double.NaN, allowPartial: false)
                : BoundCondition.There(leaf, parts.Board.Ask(members[i], leaf, allowPartial: false)));
        }
    }

    private TagGroups GroupsOf(RuleModel rule, Anomaly condition)
    {
        var key = rule.Meaning;
        if (!_groups.TryGetValue(key, out var groups)) _groups[key] = groups = new TagGroups(parts.Catalog, rule.Pattern, condition.By!);
        return groups;
    }
}
