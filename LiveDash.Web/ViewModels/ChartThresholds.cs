using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Chooses the thresholds that belong on a panel: those drawn by hand, and those of the rules on its series. Pure.</summary>
public static class ChartThresholds
{
    /// <summary>How many a panel shows.</summary>
    public const int MaxShown = 8;

    /// <summary>The thresholds, those drawn by hand first.</summary>
    /// <param name="fields">The panel's configuration.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="keys">The panel's series.</param>
    /// <param name="format">Writes a value.</param>
    public static IReadOnlyList<ChartThreshold> Of(FieldConfig fields, IReadOnlyList<RuleModel> rules, IReadOnlyCollection<SeriesKey> keys, FieldFormat format)
    {
        var found = fields.Thresholds.Select(t => new ChartThreshold(t.Value, Class(t.Color), Say(Word(t.Color), t.IsBelow, t.Value, format), t.IsBelow)).ToList();
        if (fields.RuleThresholds)
        {
            foreach (var rule in rules)
            {
                if (!rule.Config.Paused && keys.Any(rule.Pattern.Matches)) found.AddRange(OfRule(rule, keys, format));
            }
        }

        return [.. found.DistinctBy(static t => (t.Value, t.Severity, t.Below)).Take(MaxShown)];
    }

    /// <summary>The thresholds of an expression: those drawn by hand, and those of the rules that are about it.</summary>
    /// <param name="fields">The panel's configuration.</param>
    /// <param name="rules">The rules that are about it; see <see cref="ExpressionRules"/>.</param>
    /// <param name="format">Writes a value.</param>
    public static IReadOnlyList<ChartThreshold> Of(FieldConfig fields, IEnumerable<RuleModel> rules, FieldFormat format)
    {
        var found = fields.Thresholds.Select(t => new ChartThreshold(t.Value, Class(t.Color), Say(Word(t.Color), t.IsBelow, t.Value, format), t.IsBelow)).ToList();
        if (fields.RuleThresholds) found.AddRange(rules.SelectMany(rule => OfExpression(rule, format)));
        return [.. found.DistinctBy(static t => (t.Value, t.Severity, t.Below)).Take(MaxShown)];
    }

    /// <summary>The css class of a colour.</summary>
    public static string Class(ThresholdColor color) => color switch
    {
        ThresholdColor.Critical => "crit",
        ThresholdColor.Warning => "warn",
        ThresholdColor.Ok => "ok",
        _ => "info",
    };

    private static string Word(ThresholdColor color) => color == ThresholdColor.Info ? "" : color == ThresholdColor.Ok ? "Good" : color.ToString();

    private static IEnumerable<ChartThreshold> OfRule(RuleModel rule, IReadOnlyCollection<SeriesKey> keys, FieldFormat format)
    {
        foreach (var leaf in rule.Expression.Condition.Leaves)
        {
            // What measures something else than the series does not lie on this axis.
            if (!SeriesPattern.TryParse(leaf.Series, out var pattern)) continue;
            var key = keys.FirstOrDefault(pattern!.Matches);
            if (key is null || AlertFigure.UnitOf(leaf, key) != ValueFormat.UnitOf(key)) continue;
            if (leaf is Outside outside)
            {
                yield return Make(rule.Severity, outside.Low, true, format);
                yield return Make(rule.Severity, outside.High, false, format);
            }

            if (leaf is not Comparison comparison || !comparison.Comparator.IsOrdered()) continue;
            var below = comparison.Comparator.IsDownward();
            yield return Make(rule.Severity, comparison.Threshold, below, format);
            if (leaf != rule.Driver) continue;
            foreach (var step in rule.Expression.Steps) yield return Make(step.Severity, step.Threshold, below, format);
        }
    }

    private static IEnumerable<ChartThreshold> OfExpression(RuleModel rule, FieldFormat format)
    {
        (Comparator Comparator, double Value)? compared = rule.Driver switch
        {
            QueryCondition { Threshold: { } threshold } => (threshold.Comparator, threshold.Value),
            Comparison comparison when comparison.Comparator.IsOrdered() => (comparison.Comparator, comparison.Threshold),
            _ => null,
        };
        if (compared is not var (comparator, value)) yield break;
        yield return Make(rule.Severity, value, comparator.IsDownward(), format);
        foreach (var step in rule.Expression.Steps) yield return Make(step.Severity, step.Threshold, comparator.IsDownward(), format);
    }

    private static ChartThreshold Make(Severity severity, double value, bool below, FieldFormat format) =>
        new(value, SeverityWords.Class(severity), Say(SeverityWords.Word(severity), below, value, format), below);

    private static string Say(string word, bool below, double value, FieldFormat format) =>
        $"{word} {(below ? "below" : "above")} {format.Format(value)}".Trim();
}
