using System.Globalization;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The numbers of a rule that lie on the axis of its chart, and what moving one makes of the rule. Pure.</summary>
public static class RuleBorders
{
    private const string OfQuery = "query.threshold";

    /// <summary>The lines to draw: those of the conditions on the series that the chart shows.</summary>
    public static IReadOnlyList<RuleBorder> Of(RuleModel rule)
    {
        var borders = new List<RuleBorder>();
        var own = SeverityWords.Class(rule.Severity);
        var leaves = rule.Expression.Condition.Leaves.ToList();
        var shown = AlertFigure.UnitOf(rule.Driver);
        for (var i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Series != rule.Driver.Series || AlertFigure.UnitOf(leaves[i]) != shown) continue;
            if (leaves[i] is Comparison comparison) borders.Add(new($"{i}.threshold", comparison.Threshold, own, leaves.Count == 1 ? "Threshold" : $"Threshold {i + 1}"));
            if (leaves[i] is QueryCondition { Threshold: { } threshold }) borders.Add(new(OfQuery, threshold.Value, own, "Threshold"));
            if (leaves[i] is not Outside outside) continue;
            borders.Add(new($"{i}.low", outside.Low, own, "Lower border"));
            borders.Add(new($"{i}.high", outside.High, own, "Upper border"));
        }

        for (var i = 0; i < rule.Expression.Steps.Count; i++)
        {
            var step = rule.Expression.Steps[i];
            borders.Add(new($"step.{i}", step.Threshold, SeverityWords.Class(step.Severity), $"{step.Severity} from"));
        }

        if (rule.Expression.Clear is { } clear) borders.Add(new("clear", clear, "clear", "Clear"));
        return borders;
    }

    /// <summary>
    /// The rule with one line moved. What would contradict it makes way: steps keep their distance to the threshold, the clear threshold is pushed along.
    /// </summary>
    /// <returns>The rule, or the same where there is no such line or it may not lie there.</returns>
    public static RuleExpression Move(RuleExpression expression, string id, double value)
    {
        if (!double.IsFinite(value)) return expression;
        var parts = id.Split('.');
        var moved = parts switch
        {
            ["clear"] when expression.Clear is not null => expression with { Clear = value },
            ["step", var at] when Index(at, expression.Steps.Count) is { } step =>
                expression with { Steps = [.. expression.Steps.Select((old, i) => i == step ? old with { Threshold = value } : old)] },
            [var leaf, var which] when Index(leaf, expression.Condition.Leaves.Count()) is { } n => MoveLeaf(expression, n, which, value),
            _ => expression,
        };
        return RuleExpression.TryParse(moved.ToString(), out var right, out _) ? right : expression;
    }

    /// <summary>The same of a rule in PromQL: the number of the comparison is written anew where it stands, the rest of the text stays as it was written.</summary>
    public static RuleConfig MoveQuery(RuleConfig config, string id, double value)
    {
        if (!double.IsFinite(value) || !RuleReader.TryRead(config, out var rule, out _) || rule.Driver is not QueryCondition { Threshold: { } threshold }) return config;
        var (steps, by) = (rule.Expression.Steps, value - threshold.Value);
        var moved = id.Split('.') switch
        {
            ["clear"] => config with { Clear = Text(value) },
            ["step", var at] when Index(at, steps.Count) is { } step => config with { Steps = Text([.. steps.Select((old, i) => i == step ? old with { Threshold = value } : old)]) },
            ["query", _] => config with
            {
                Expr = config.Expr[..threshold.Literal.Position] + Text(value) + config.Expr[threshold.Literal.End..],
                Steps = Text([.. steps.Select(step => step with { Threshold = step.Threshold + by })]),
                Clear = rule.Expression.Clear is not { } clear ? "" : (threshold.Comparator.IsDownward() ? clear < value : clear > value) ? Text(value) : config.Clear,
            },
            _ => config,
        };
        return RuleReader.TryRead(moved, out _, out _) ? moved : config;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<SeverityStep> steps) => string.Join(", ", steps.Select(static step => $"{step.Severity.ToString().ToLowerInvariant()} {Text(step.Threshold)}"));

    private static RuleExpression MoveLeaf(RuleExpression expression, int leaf, string which, double value)
    {
        var at = 0;
        var moved = expression with { Condition = Replace(expression.Condition, leaf, ref at, old => Moved(old, which, value)) };
        if (expression.Condition is not Comparison before || moved.Condition is not Comparison after) return moved;
        var by = after.Threshold - before.Threshold;
        if (expression.Steps.Count > 0) moved = moved with { Steps = [.. expression.Steps.Select(s => s with { Threshold = s.Threshold + by })] };
        var isBeyond = expression.Clear is { } clear && (after.Comparator.IsDownward() ? clear < value : clear > value);
        return isBeyond ? moved with { Clear = value } : moved;
    }

    private static SeriesCondition Moved(SeriesCondition condition, string which, double value) => (condition, which) switch
    {
        (Comparison comparison, "threshold") => comparison with { Threshold = value },
        (Outside outside, "low") => outside with { Low = Math.Min(value, outside.High) },
        (Outside outside, "high") => outside with { High = Math.Max(value, outside.Low) },
        _ => condition,
    };

    private static Condition Replace(Condition condition, int leaf, ref int at, Func<SeriesCondition, SeriesCondition> change)
    {
        switch (condition)
        {
            case AllOf all:
                var first = Replace(all.Left, leaf, ref at, change);
                return new AllOf(first, Replace(all.Right, leaf, ref at, change));
            case AnyOf any:
                var left = Replace(any.Left, leaf, ref at, change);
                return new AnyOf(left, Replace(any.Right, leaf, ref at, change));
            case Negation not:
                return new Negation(Replace(not.Inner, leaf, ref at, change));
            default:
                return at++ == leaf ? change((SeriesCondition)condition) : condition;
        }
    }

    private static int? Index(string text, int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;
}
