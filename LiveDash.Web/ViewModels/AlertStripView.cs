using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// What the strip on every page and its drawer show: open alerts that nobody has acknowledged, silenced or, in this browser, dismissed; a row for each
/// rule, the worst and then the newest first. Immutable.
/// </summary>
public sealed record AlertStripView
{
    /// <summary>How many rows the drawer lists at most; the rest is counted.</summary>
    public const int MaxRows = 50;

    /// <summary>Nothing to show.</summary>
    public static AlertStripView Empty { get; } = new() { Rows = [], More = 0, Open = 0, Rest = "", Quiet = "" };

    /// <summary>The lines.</summary>
    public required IReadOnlyList<AlertStripRow> Rows { get; init; }

    /// <summary>How many alerts are in no line for lack of room.</summary>
    public required int More { get; init; }

    /// <summary>The row the strip shows: the worst; null while all is quiet.</summary>
    public AlertStripRow? Worst => Rows.Count > 0 ? Rows[0] : null;

    /// <summary>How many alerts are not in <see cref="Worst"/>.</summary>
    public int MoreThanWorst => More + Rows.Skip(1).Sum(static row => row.Count);

    /// <summary>What else there is beside the worst, such as <c>1 warning, 1 recovering</c>; empty where there is nothing.</summary>
    public required string Rest { get; init; }

    /// <summary>What the strip says while all is quiet, such as <c>14 rules watch 68 series</c>.</summary>
    public required string Quiet { get; init; }

    /// <summary>How many alerts are open and not silenced, for the badge: dismissing and acknowledging make none of them go.</summary>
    public required int Open { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="alerts">The book's list.</param>
    /// <param name="dismissed">The episodes that were dismissed in this browser.</param>
    /// <param name="rules">How many rules are judged.</param>
    /// <param name="watched">How many alerts there could be: a series for each rule that matches it.</param>
    public static AlertStripView Of(IReadOnlyList<Alert> alerts, IReadOnlySet<string> dismissed, int rules = 0, int watched = 0)
    {
        var open = alerts.Where(static a => a.IsOpen && !a.IsSilenced).ToList();
        var groups = open
            .Where(a => !a.IsAcknowledged && a.Episode is { } episode && !dismissed.Contains(episode))
            .GroupBy(static a => (a.Rule.Id, a.Severity))
            .Select(static group => group.OrderByDescending(static a => a.FiredAt).ToList())
            .OrderByDescending(static group => group[0].Severity)
            .ThenByDescending(static group => group[0].FiredAt)
            .ThenBy(static group => group[0].Rule.Id, StringComparer.Ordinal)
            .ToList();
        return new()
        {
            Rows = [.. groups.Take(MaxRows).Select(static group => Row(group))],
            More = groups.Skip(MaxRows).Sum(static group => group.Count),
            Open = open.Count,
            Rest = groups.Count > 1 ? RestOf(groups.Skip(1).SelectMany(static group => group)) : "",
            Quiet = rules == 0 ? "no rule watches yet" : $"{Count(rules, "rule")} {(rules == 1 ? "watches" : "watch")} {Count(watched, "series", "series")}",
        };
    }

    /// <inheritdoc/>
    public bool Equals(AlertStripView? other) => other is not null && (More, Open, Rest, Quiet) == (other.More, other.Open, other.Rest, other.Quiet) && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows.Count, More, Open);

    private static string RestOf(IEnumerable<Alert> alerts)
    {
        var parts = new List<string>();
        var all = alerts.ToLookup(static a => a.State == AlertState.Recovering);
        foreach (var bySeverity in all[false].GroupBy(static a => a.Severity).OrderByDescending(static group => group.Key))
        {
            parts.Add(bySeverity.Key == Severity.Warning ? Count(bySeverity.Count(), "warning") : $"{bySeverity.Count():N0} {SeverityWords.Word(bySeverity.Key).ToLowerInvariant()}");
        }

        if (all[true].Any()) parts.Add($"{all[true].Count():N0} recovering");
        return string.Join(", ", parts);
    }

    private static string Count(int number, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");

    private static AlertStripRow Row(List<Alert> group)
    {
        var newest = group[0];
        var single = group.Count == 1;
        return new()
        {
            Key = $"{newest.Rule.Id} {newest.Severity}",
            RuleId = newest.Rule.Id,
            RuleName = newest.Rule.Config.Name,
            Severity = newest.Severity,
            Series = single ? newest.Series.ToString() : null,
            Count = group.Count,
            Figure = single ? AlertFigure.Value(newest) : "",
            Why = single ? AlertFigure.Why(newest) : "",
            IsRecovering = group.TrueForAll(static a => a.State == AlertState.Recovering),
            FiredAt = newest.FiredAt,
            AlertIds = string.Join(',', group.Select(static a => a.Id)),
            Episodes = string.Join(',', group.Select(static a => a.Episode)),
        };
    }
}
