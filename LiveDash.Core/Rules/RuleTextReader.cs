using System.Globalization;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>Reads a rule's text: a condition of LiveDash's own text, and its times, clear threshold and severities behind it. Faults carry their place.</summary>
internal sealed class RuleTextReader(string text)
{
    private readonly OwnText _text = new(text);

    /// <summary>Reads it.</summary>
    /// <exception cref="Stop">It cannot be read; tells the place.</exception>
    public RuleExpression Read()
    {
        if (text.Length > RuleExpression.MaxLength) throw OwnText.FaultAt(RuleExpression.MaxLength, $"A rule's text has at most {RuleExpression.MaxLength:N0} characters.");
        var tree = new OwnParser(_text).Condition();
        if (IsMixed(tree)) throw OwnText.FaultAt(0, "Points within a polygon are not joined with forecasts, outliers or anomalies 'by' a tag.");
        var expression = Options(new RuleExpression { Condition = ConditionReader.Of(tree) });
        if (!_text.IsAtEnd)
        {
            throw _text.Fault($"'{_text.PeekToken()}' is not understood here; 'and', 'or', 'for 10s', 'keep 5s', 'clear 70' or 'critical 95' may follow.");
        }

        return expression;
    }

    private static bool IsMixed(QueryExpr tree) =>
        Any(tree, static one => one is WindowExpr { Within: not null }) && Any(tree, static one => one is ForecastExpr or OutlierExpr or AnomalyExpr { By: not null });

    private static bool Any(QueryExpr expr, Func<QueryExpr, bool> isIt) => isIt(expr) || expr.Children.Any(child => Any(child, isIt));

    private RuleExpression Options(RuleExpression expression)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_text.IsAtEnd)
        {
            var start = _text.Next;
            var word = _text.PeekToken().ToLowerInvariant();
            if (word is not ("for" or "keep" or "clear" or "info" or "warning" or "critical")) break;
            _text.TryWord(word);
            if (!seen.Add(word)) throw OwnText.FaultAt(start, $"'{word}' stands twice.");
            expression = word switch
            {
                "for" => expression with { For = _text.Duration("How long it must hold") },
                "keep" => expression with { Keep = _text.Duration("How long it must be gone") },
                "clear" => expression with { Clear = ClearAt(expression.Condition, start) },
                _ => expression with { Steps = [.. expression.Steps, StepAt(expression, word, start)] },
            };
        }

        return expression;
    }

    private double ClearAt(Condition condition, int start)
    {
        if (OrderedThreshold(condition) is not var (comparator, own)) throw OwnText.FaultAt(start, "'clear' goes with one comparison by >, >=, < or <=.");
        var at = _text.Next;
        var clear = _text.Number("The threshold at which it is over");
        var isBeyond = comparator.IsDownward() ? clear < own : clear > own;
        if (isBeyond)
        {
            var side = comparator.IsDownward() ? "below" : "above";
            throw OwnText.FaultAt(at, string.Create(CultureInfo.InvariantCulture, $"'clear {clear:R}' lies {side} the threshold {own:R}: the alert could never be over."));
        }

        return clear;
    }

    private SeverityStep StepAt(RuleExpression expression, string word, int start)
    {
        if (OrderedThreshold(expression.Condition) is not var (comparator, own)) throw OwnText.FaultAt(start, $"'{word}' with a threshold goes with one comparison by >, >=, < or <=.");
        var at = _text.Next;
        var threshold = _text.Number("The threshold of the severity");
        var before = expression.Steps.Count > 0 ? expression.Steps[^1].Threshold : own;
        var isFurther = comparator.IsDownward() ? threshold < before : threshold > before;
        if (!isFurther) throw OwnText.FaultAt(at, string.Create(CultureInfo.InvariantCulture, $"The threshold of '{word}' must lie beyond {before:R}."));
        return new SeverityStep(Enum.Parse<Severity>(word, ignoreCase: true), threshold);
    }

    private static (Comparator Comparator, double Value)? OrderedThreshold(Condition condition) => condition switch
    {
        Comparison comparison when comparison.Comparator.IsOrdered() => (comparison.Comparator, comparison.Threshold),
        QueryCondition { Threshold: { } threshold } => (threshold.Comparator, threshold.Value),
        _ => null,
    };
}
