using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Query;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Which panels of a dashboard an alert is open on. Pure.</summary>
public static class PanelAlerts
{
    private static readonly Dictionary<string, PanelAlert> s_none = [];

    /// <summary>The worst open alert a panel, by the panel's id; panels without one, and tables of all series, are left out.</summary>
    public static IReadOnlyDictionary<string, PanelAlert> Of(IReadOnlyList<Alert> alerts, IReadOnlyList<DashboardPanel> panels)
    {
        var open = alerts.Where(static alert => alert.IsOpen && !alert.IsSilenced).ToList();
        if (open.Count == 0) return s_none;
        var found = new Dictionary<string, PanelAlert>(StringComparer.Ordinal);
        foreach (var panel in panels)
        {
            if (panel.Kind is not (PanelKind.Stat or PanelKind.Chart or PanelKind.States)) continue;
            var own = On(panel, open);
            if (own.Count == 0) continue;
            var worst = own.OrderBy(static alert => alert.State == AlertState.Recovering).ThenByDescending(static alert => alert.Severity).ThenBy(static alert => alert.FiredAt).First();
            var recovering = worst.State == AlertState.Recovering;
            found[panel.Id] = new(worst.Severity, recovering, worst.Series.ToString(), worst.Rule.Config.Name, Reason(worst, recovering), IsoText.Of(worst.FiredAt), own.Count);
        }

        return found;
    }

    private static List<Alert> On(DashboardPanel panel, List<Alert> open)
    {
        if (panel.Expression is { } expression) return PromQuery.TryParse(expression.Text, out var expr, out _) ? open.FindAll(alert => ExpressionRules.IsAbout(alert.Rule, expr)) : [];
        var patterns = PanelSeries.Patterns(panel.Series);
        return open.FindAll(alert => patterns.Exists(pattern => pattern.Matches(alert.Series)));
    }

    private static string Reason(Alert alert, bool recovering)
    {
        if (alert.Rule.Driver is QueryCondition { Threshold: { } query }) return $"{(query.Comparator.IsDownward() ? "below" : "above")} {AlertFigure.Text(query.Value, ValueUnit.Number)}";
        if (alert.Rule.Driver is not Comparison comparison) return alert.Rule.Driver is Absent ? "no data" : alert.Text ?? alert.Rule.Config.Name;
        var unit = AlertFigure.UnitOf(comparison, alert.Series);
        if (recovering && alert.Rule.Expression.Clear is { } clear) return $"clears at {AlertFigure.Text(clear, unit)}";
        var threshold = alert.Rule.Expression.Steps.Where(step => step.Severity == alert.Severity).Select(static step => step.Threshold).DefaultIfEmpty(comparison.Threshold).First();
        var side = comparison.Comparator.IsOrdered() ? comparison.Comparator.IsDownward() ? "below" : "above" : comparison.Comparator.Sign();
        return $"{side} {AlertFigure.Text(threshold, unit)}";
    }
}
