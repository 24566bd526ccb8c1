using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// What the banner on every page shows: open alerts that nobody has acknowledged, silenced or, in this browser, dismissed; a line for each rule, the
/// worst and then the newest first. Immutable.
/// </summary>
public sealed record AlertBannerView
{
    /// <summary>How many lines there are at most; the rest is counted.</summary>
    public const int MaxRows = 3;

    /// <summary>Nothing to show.</summary>
    public static AlertBannerView Empty { get; } = new() { Rows = [], More = 0, Open = 0 };

    /// <summary>The lines.</summary>
    public required IReadOnlyList<AlertBannerRow> Rows { get; init; }

    /// <summary>How many alerts are in no line for lack of room.</summary>
    public required int More { get; init; }

    /// <summary>How many alerts are not in the first line, which is all a phone shows.</summary>
    public int MoreThanWorst => More + Rows.Skip(1).Sum(static row => row.Count);

    /// <summary>How many alerts are open and not silenced, for the badge: dismissing and acknowledging make none of them go.</summary>
    public required int Open { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="alerts">The book's list.</param>
    /// <param name="dismissed">The episodes that were dismissed in this browser.</param>
    public static AlertBannerView Of(IReadOnlyList<Alert> alerts, IReadOnlySet<string> dismissed)
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
        };
    }

    /// <inheritdoc/>
    public bool Equals(AlertBannerView? other) => other is not null && More == other.More && Open == other.Open && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows.Count, More, Open);

    private static AlertBannerRow Row(List<Alert> group)
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
            Figure = single ? Figure(newest) : "",
            FiredAt = newest.FiredAt,
            AlertIds = string.Join(',', group.Select(static a => a.Id)),
            Episodes = string.Join(',', group.Select(static a => a.Episode)),
        };
    }

    private static string Figure(Alert alert)
    {
        var border = AlertFigure.Border(alert.Rule, alert.Series, alert.Severity);
        return border.Length == 0 ? AlertFigure.Value(alert) : $"{AlertFigure.Value(alert)} ({border})";
    }
}
