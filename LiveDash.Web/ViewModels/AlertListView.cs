using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The list of alerts as somebody asked for it. Immutable; making it is pure.</summary>
public sealed record AlertListView
{
    /// <summary>How many lines are shown; more are counted.</summary>
    public const int MaxItems = 300;

    /// <summary>Nothing.</summary>
    public static AlertListView Empty { get; } = new() { Groups = [], Matching = [], Counts = new Dictionary<AlertTab, int>() };

    /// <summary>The lines by group.</summary>
    public required IReadOnlyList<AlertListGroup> Groups { get; init; }

    /// <summary>How many there are under each tab, before any search.</summary>
    public required IReadOnlyDictionary<AlertTab, int> Counts { get; init; }

    /// <summary>Every line that the search and the tab leave, shown or not.</summary>
    public required IReadOnlyList<AlertListItem> Matching { get; init; }

    /// <summary>How many there are of them.</summary>
    public int Total => Matching.Count;

    /// <summary>Makes it.</summary>
    /// <param name="alerts">The book's list.</param>
    /// <param name="episodes">The book's episodes, the newest first.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="query">What is wanted.</param>
    public static AlertListView Of(IReadOnlyList<Alert> alerts, IReadOnlyList<Episode> episodes, RuleSet rules, AlertListQuery query)
    {
        var past = episodes.Where(static e => e.ResolvedAt is not null).ToList();
        var counts = new Dictionary<AlertTab, int> { [AlertTab.Recent] = past.Count };
        foreach (var tab in Enum.GetValues<AlertTab>())
        {
            if (tab != AlertTab.Recent) counts[tab] = alerts.Count(alert => IsUnder(alert, tab));
        }

        var words = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var all = query.Tab == AlertTab.Recent
            ? past.Select(e => AlertListItem.Of(e, rules.Find(e.RuleId)))
            : alerts.Where(alert => IsUnder(alert, query.Tab)).Select(AlertListItem.Of);
        var items = Ordered(all.Where(item => Array.TrueForAll(words, word => Has(item, word))), query.Order).ToList();
        var groups = items.Take(MaxItems).GroupBy(item => Heading(item, query.Grouping), StringComparer.Ordinal).Select(static g => new AlertListGroup(g.Key, [.. g]));
        return new() { Groups = [.. groups], Matching = items, Counts = counts };
    }

    /// <summary>True where the same is shown; lines beyond <see cref="MaxItems"/> are only counted.</summary>
    public bool Equals(AlertListView? other) =>
        other is not null && Total == other.Total && Counts.Count == other.Counts.Count && Counts.All(pair => other.Counts.TryGetValue(pair.Key, out var n) && n == pair.Value)
        && Groups.Count == other.Groups.Count && Groups.Zip(other.Groups).All(static pair => pair.First.Title == pair.Second.Title && pair.First.Items.SequenceEqual(pair.Second.Items));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Total, Groups.Count);

    private static bool IsUnder(Alert alert, AlertTab tab) => tab switch
    {
        AlertTab.Firing => alert.State == AlertState.Firing && !alert.IsSilenced,
        AlertTab.Pending => alert.State == AlertState.Pending && !alert.IsSilenced,
        AlertTab.Recovering => alert.State == AlertState.Recovering && !alert.IsSilenced,
        AlertTab.Silenced => alert.IsSilenced,
        _ => true,
    };

    private static bool Has(AlertListItem item, string word) =>
        item.RuleName.Contains(word, StringComparison.OrdinalIgnoreCase)
        || item.Series.Contains(word, StringComparison.OrdinalIgnoreCase)
        || item.Severity.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
        || (item.Reason?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false);

    private static IEnumerable<AlertListItem> Ordered(IEnumerable<AlertListItem> items, AlertOrder order) => order switch
    {
        AlertOrder.Newest => items.OrderByDescending(static i => i.Since).ThenBy(static i => i.Series, StringComparer.Ordinal).ThenBy(static i => i.Key, StringComparer.Ordinal),
        AlertOrder.Longest => items.OrderBy(static i => i.Until is { } until ? i.Since - until : i.Since).ThenBy(static i => i.Key, StringComparer.Ordinal),
        AlertOrder.Name => items.OrderBy(static i => i.RuleName, StringComparer.OrdinalIgnoreCase).ThenBy(static i => i.Series, StringComparer.Ordinal).ThenByDescending(static i => i.Since),
        _ => items.OrderByDescending(static i => i.Severity).ThenByDescending(static i => i.IsOpen).ThenByDescending(static i => i.Since).ThenBy(static i => i.Series, StringComparer.Ordinal).ThenBy(static i => i.Key, StringComparer.Ordinal),
    };

    private static string Heading(AlertListItem item, AlertGrouping grouping) => grouping switch
    {
        AlertGrouping.Rule => item.RuleName,
        AlertGrouping.Severity => item.Severity.ToString(),
        AlertGrouping.Series => item.Series.Split('{')[0],
        _ => "",
    };
}
