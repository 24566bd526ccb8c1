using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Writes the figures of rules and alerts in what their series measure. Pure.</summary>
public static class AlertFigure
{
    /// <summary>What the figure of a condition measures on a series.</summary>
    public static ValueUnit UnitOf(SeriesCondition condition, SeriesKey series) => condition switch
    {
        Comparison comparison => AggregateUnit.Of(comparison.Aggregate, ValueFormat.UnitOf(series)),
        Absent => ValueUnit.Seconds,
        _ => ValueFormat.UnitOf(series),
    };

    /// <summary>What a rule's condition measures, by its series' name.</summary>
    public static ValueUnit UnitOf(SeriesCondition condition) =>
        SeriesPattern.TryParse(condition.Series, out var pattern) ? UnitOf(condition, pattern!.ExactKey) : ValueUnit.Number;

    /// <summary>The alert's figure now.</summary>
    public static string Value(Alert alert) => Text(alert.Value, UnitOf(alert.Rule.Driver, alert.Series));

    /// <summary>The worst figure of the alert's episode.</summary>
    public static string Peak(Alert alert) => Text(alert.Peak, UnitOf(alert.Rule.Driver, alert.Series));

    /// <summary>The border that is broken, such as <c>&gt; 80 %</c>: that of the severity, where the rule has steps; empty where there is no single one.</summary>
    public static string Border(RuleModel rule, SeriesKey series, Severity severity)
    {
        if (rule.Expression.Condition is Absent absent) return $"> {Text(absent.After.TotalSeconds, ValueUnit.Seconds)}";
        if (rule.Expression.Condition is Outside outside) return $"not {Plain(outside.Low)} to {Text(outside.High, UnitOf(outside, series))}";
        if (rule.Expression.Condition is not Comparison comparison) return "";
        var threshold = rule.Expression.Steps.Where(step => step.Severity == severity).Select(static step => step.Threshold).DefaultIfEmpty(comparison.Threshold).First();
        return $"{comparison.Comparator.Sign()} {Text(threshold, UnitOf(comparison, series))}";
    }

    /// <summary>A figure with its unit.</summary>
    public static string Text(double value, ValueUnit unit) => ValueFormat.Format(value, unit).ToString();

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
