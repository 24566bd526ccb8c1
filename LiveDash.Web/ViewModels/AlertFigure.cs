using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
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
        Anomaly or Outlier or QueryCondition => ValueUnit.Number,
        Forecasted { Kind: ForecastFigure.TimeTo } => ValueUnit.Seconds,
        _ => ValueFormat.UnitOf(series),
    };

    /// <summary>What a rule's condition measures, by its series' name.</summary>
    public static ValueUnit UnitOf(SeriesCondition condition) =>
        SeriesPattern.TryParse(condition.Series, out var pattern) ? UnitOf(condition, pattern!.ExactKey) : ValueUnit.Number;

    /// <summary>The alert's figure now; where it fires for another reason than its condition, that reason.</summary>
    public static string Value(Alert alert) => IsBreach(alert) ? alert.Text ?? Text(alert.Value, UnitOf(alert.Rule.Driver, alert.Series)) : AlertWords.Began(alert.Cause);

    /// <summary>The worst figure of the alert's episode.</summary>
    public static string Peak(Alert alert) => alert.Text ?? Text(alert.Peak, UnitOf(alert.Rule.Driver, alert.Series));

    /// <summary>
    /// Why an alert is where it is, to stand behind its figure: <c>above 300 ms</c>, or while it recovers <c>clears at 250 ms</c>; empty where there is
    /// no single threshold. The strip, the list and the drawer all say this.
    /// </summary>
    public static string Why(Alert alert) => IsBreach(alert) ? alert.Why ?? Why(alert.Rule, alert.Series, alert.Severity, alert.State == AlertState.Recovering) : "";

    // What recovers does so because there is a figure again.
    private static bool IsBreach(Alert alert) => alert.Cause == AlertCause.Breach || alert.State == AlertState.Recovering;

    /// <summary>As <see cref="Why(Alert)"/>, of a rule.</summary>
    public static string Why(RuleModel rule, SeriesKey series, Severity severity, bool recovers)
    {
        if (rule.Expression.Condition is Absent absent) return recovers ? "points come again" : $"silent for more than {Text(absent.After.TotalSeconds, ValueUnit.Seconds)}";
        if (rule.Expression.Condition is Outside outside) return $"{(recovers ? "clears within" : "outside")} {Plain(outside.Low)} to {Text(outside.High, UnitOf(outside, series))}";
        if (rule.Expression.Condition is StateIs state) return recovers ? $"waiting whether it stays so" : state.IsOther ? $"other than '{state.Text}'" : "";
        if (rule.Expression.Condition is Anomaly or Outlier) return recovers ? "clears when it is usual again" : "strange";
        var compared = rule.Expression.Condition switch
        {
            Comparison own => (own.Comparator, own.Threshold),
            Forecasted own => (own.Comparator, own.Threshold),
            QueryCondition { Threshold: { } query } => (query.Comparator, query.Value),
            _ => ((Comparator Comparator, double Threshold)?)null,
        };
        if (compared is not { } comparison) return "";
        var unit = UnitOf(rule.Driver, series);
        var threshold = rule.Expression.Steps.Where(step => step.Severity == severity).Select(static step => step.Threshold).DefaultIfEmpty(comparison.Threshold).First();
        // An alert clears where the rule's first threshold does, whatever step it had climbed to.
        return recovers ? $"clears at {Text(rule.Expression.Clear ?? comparison.Threshold, unit)}" : $"{comparison.Comparator.Word()} {Text(threshold, unit)}";
    }

    private static string Word(this Comparator comparator) => comparator switch
    {
        Comparator.Above => "above",
        Comparator.AtLeast => "at least",
        Comparator.Below => "below",
        Comparator.AtMost => "at most",
        Comparator.Equal => "equal to",
        _ => "other than",
    };

    /// <summary>A figure with its unit; a time that is no whole number of minutes, hours or days in its two largest units: <c>1 min 22 s</c>, not 1.36 min.</summary>
    public static string Text(double value, ValueUnit unit)
    {
        var said = ValueFormat.Format(value, unit);
        return unit == ValueUnit.Seconds && value is >= 60 and < 1e9 && said.Number.Contains('.', StringComparison.Ordinal) ? FieldFormat.Duration(TimeSpan.FromSeconds(value)) : said.ToString();
    }

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
