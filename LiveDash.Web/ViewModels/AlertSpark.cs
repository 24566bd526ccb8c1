using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The small line beside an alert in the list. Immutable, equal by value.</summary>
/// <param name="Series">The number of the series it shows.</param>
/// <param name="Color">The token that colours it: that of the severity while it fires, else that of any line.</param>
/// <param name="Thresholds">The rule's thresholds, as <c>300 crit</c> with commas between.</param>
/// <param name="IsSteps">True of states: from one word to the next there is nothing in between.</param>
public sealed record AlertSpark(int Series, string Color, string Thresholds, bool IsSteps)
{
    /// <summary>How far back it goes.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    /// <summary>That of an alert; null where it is over, or is of labels that are no series' own.</summary>
    public static AlertSpark? Of(AlertListItem item, RuleSet rules, SeriesCatalog catalog)
    {
        if (item.State == AlertState.Inactive || !catalog.TryFind(item.Series, out var series)) return null;
        var key = catalog[series];
        IReadOnlyList<ChartThreshold> thresholds = rules.Find(item.RuleId) is { } rule ? ChartThresholds.Of(FieldConfig.Default, [rule], [key], FieldFormat.Of(FieldConfig.Default, ValueFormat.UnitOf(key))) : [];
        return new(
            series,
            item.State == AlertState.Firing ? $"--{SeverityWords.Class(item.Severity)}" : "--chart-1",
            string.Join(',', thresholds.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:R} {one.Severity}"))),
            SeriesValue.IsState(catalog, series));
    }
}
