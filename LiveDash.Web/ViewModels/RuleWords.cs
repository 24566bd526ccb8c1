using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>Says in a sentence what a rule does. Pure.</summary>
public static class RuleWords
{
    /// <summary>Such as "Fires when the mean of cpu.load over the last 30 seconds is above 80 for 10 seconds."</summary>
    public static string Describe(RuleModel rule)
    {
        var expression = rule.Expression;
        if (rule.Config.IsRecording) return $"Keeps what the expression yields as the series {rule.Config.Record}, every {WindowWords.Duration(rule.Interval)}.";
        var text = $"Fires {(expression.For > TimeSpan.Zero ? $"after {WindowWords.Duration(expression.For)} in which" : "as soon as")} {Say(expression.Condition)}";
        if (expression.Condition is Comparison comparison)
        {
            var unit = AlertFigure.UnitOf(comparison);
            foreach (var step in expression.Steps) text += $"; {step.Severity.ToString().ToLowerInvariant()} from {AlertFigure.Text(step.Threshold, unit)}";
            if (expression.Clear is { } clear) text += $"; over {(comparison.Comparator.IsDownward() ? "from" : "at")} {AlertFigure.Text(clear, unit)} and {(comparison.Comparator.IsDownward() ? "above" : "below")}";
        }

        if (expression.Keep > TimeSpan.Zero) text += $"; resolved once it has been gone for {WindowWords.Duration(expression.Keep)}";
        return text.Replace("for second", "for a second", StringComparison.Ordinal).Replace("for minute", "for a minute", StringComparison.Ordinal)
            .Replace("for hour", "for an hour", StringComparison.Ordinal).Replace("after second", "after a second", StringComparison.Ordinal)
            .Replace("after minute", "after a minute", StringComparison.Ordinal).Replace("after hour", "after an hour", StringComparison.Ordinal) + ".";
    }

    private static string Say(Condition condition) => condition switch
    {
        AllOf all => $"{Say(all.Left)} and {Say(all.Right)}",
        AnyOf any => $"{Say(any.Left)} or {Say(any.Right)}",
        Negation not => $"it is not so that {Say(not.Inner)}",
        Absent absent => $"{absent.Series} has sent nothing for {WindowWords.Duration(absent.After)}",
        StateIs state => $"{state.Series} is {(state.IsOther ? "in another state than" : "in the state")} '{state.Text}'",
        Anomaly { By: { } tag } anomaly => $"several series of one {tag} are strange together ({SensitivityWords.Price(anomaly.Sensitivity)})",
        Outlier outlier => $"the mean of a series of {outlier.Series} over {WindowWords.Describe(outlier.Window)} is more than {AlertFigure.Text(outlier.Distance, ValueUnit.Number)} robust standard deviations from its peers'",
        Forecasted { Kind: ForecastFigure.TimeTo } reach => $"{reach.Series} reaches {Figure(reach.Target, reach, ofSeries: true)} {(reach.Comparator.IsDownward() ? "within" : "in more than")} {WindowWords.Duration(TimeSpan.FromSeconds(reach.Threshold))} if it goes on as it does",
        Forecasted ahead => $"{ahead.Series} is expected {Relation(ahead.Comparator)} {Figure(ahead.Threshold, ahead)} in {WindowWords.Duration(ahead.Horizon)}{(ahead.Kind == ForecastFigure.Low ? " at the low edge of its band" : ahead.Kind == ForecastFigure.High ? " at the high edge of its band" : "")}",
        Anomaly anomaly => $"{anomaly.Series} is strange ({SensitivityWords.Price(anomaly.Sensitivity)})",
        Outside outside => $"the mean of {outside.Series} over {WindowWords.Describe(outside.Window)} is not between {Figure(outside.Low, outside)} and {Figure(outside.High, outside)}",
        Comparison comparison => $"{Subject(comparison)} is {Relation(comparison.Comparator)} {Figure(comparison.Threshold, comparison)}",
        QueryCondition => "the expression yields something, once a label set",
        _ => condition.ToString() ?? "",
    };

    private static string Subject(Comparison comparison)
    {
        if (comparison.Window is { Kind: WindowKind.Count, Points: 1 } && comparison.Aggregate.Kind == AggregateKind.Last) return $"the newest value of {comparison.Series}";
        var name = comparison.Aggregate.Kind switch
        {
            AggregateKind.Std => "the standard deviation",
            AggregateKind.Rate => "the rate a second",
            AggregateKind.Slope => "the slope a second",
            AggregateKind.Min => "the smallest value",
            AggregateKind.Max => "the largest value",
            AggregateKind.Last => "the newest value",
            AggregateKind.Count => "the number of points",
            _ => $"the {comparison.Aggregate}",
        };
        return $"{name} of {comparison.Series} over {WindowWords.Describe(comparison.Window)}";
    }

    private static string Relation(Comparator comparator) => comparator switch
    {
        Comparator.Above => "above",
        Comparator.AtLeast => "at least",
        Comparator.Below => "below",
        Comparator.AtMost => "at most",
        Comparator.Equal => "exactly",
        _ => "not",
    };

    private static string Figure(double value, SeriesCondition condition, bool ofSeries = false) =>
        AlertFigure.Text(value, ofSeries && SeriesPattern.TryParse(condition.Series, out var pattern) ? ValueFormat.UnitOf(pattern!.ExactKey) : AlertFigure.UnitOf(condition));
}
