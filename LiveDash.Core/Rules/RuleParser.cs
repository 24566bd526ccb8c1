using System.Globalization;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Rules;

/// <summary>
/// Reads a rule's text by recursive descent: <c>or</c> binds least, then <c>and</c>, then <c>not</c>. Faults carry their place.
/// </summary>
internal sealed class RuleParser(string text)
{
    /// <summary>How deep conditions may nest.</summary>
    private const int MaxDepth = 32;

    /// <summary>How many conditions a rule may join.</summary>
    private const int MaxLeaves = 32;

    private readonly RuleText _text = new(text);
    private int _leaves;

    public RuleExpression Parse()
    {
        if (text.Length > RuleExpression.MaxLength) throw RuleText.FaultAt(RuleExpression.MaxLength, $"A rule's text has at most {RuleExpression.MaxLength:N0} characters.");
        var condition = Or(0);
        if (_leaves > 1 && condition.Leaves.Any(static leaf => leaf is Anomaly { By: not null }))
        {
            throw RuleText.FaultAt(0, "A condition on the series of a tag together, 'by host', stands alone: it has an alert a value of the tag.");
        }

        var expression = Options(new RuleExpression { Condition = condition });
        if (!_text.IsAtEnd)
        {
            throw _text.Fault($"'{_text.PeekToken()}' is not understood here; 'and', 'or', 'for 10s', 'keep 5s', 'clear 70' or 'critical 95' may follow.");
        }

        return expression;
    }

    private Condition Or(int depth)
    {
        var left = And(depth);
        while (_text.TryWord("or")) left = new AnyOf(left, And(depth));
        return left;
    }

    private Condition And(int depth)
    {
        var left = Not(depth);
        while (_text.TryWord("and")) left = new AllOf(left, Not(depth));
        return left;
    }

    private Condition Not(int depth)
    {
        if (depth > MaxDepth) throw _text.Fault($"Conditions nest at most {MaxDepth} deep.");
        if (_text.TryWord("not")) return new Negation(Not(depth + 1));
        if (!_text.TryChar('(')) return Leaf();
        var inner = Or(depth + 1);
        _text.Expect(')', "the condition");
        return inner;
    }

    private Condition Leaf()
    {
        if (++_leaves > MaxLeaves) throw _text.Fault($"A rule joins at most {MaxLeaves} conditions.");
        var start = _text.Next;
        var name = _text.Name();
        return name.ToLowerInvariant() switch
        {
            "absent" => AbsentLeaf(),
            "outside" => OutsideLeaf(),
            "anomaly" => AnomalyLeaf(),
            "state" => StateLeaf(),
            "forecast" => ForecastLeaf(ForecastFigure.Value),
            "forecast_low" => ForecastLeaf(ForecastFigure.Low),
            "forecast_high" => ForecastLeaf(ForecastFigure.High),
            "time_to" => TimeToLeaf(),
            "outlier" => OutlierLeaf(),
            _ => ComparisonLeaf(name, start),
        };
    }

    private Absent AbsentLeaf()
    {
        var series = Series();
        _text.Expect(',', "the series");
        var after = _text.Duration("How long nothing may come");
        _text.Expect(')', "the duration");
        return new Absent(series, after);
    }

    private Outside OutsideLeaf()
    {
        var series = Series();
        _text.Expect(',', "the series");
        var window = Window();
        _text.Expect(',', "the window");
        var low = _text.Number("The lower border");
        _text.Expect(',', "the lower border");
        var start = _text.Next;
        var high = _text.Number("The upper border");
        if (low > high) throw RuleText.FaultAt(start, "The upper border lies below the lower one.");
        _text.Expect(')', "the upper border");
        return new Outside(series, window, low, high);
    }

    private StateIs StateLeaf()
    {
        var series = Series();
        _text.Expect(')', "the series");
        var start = _text.Next;
        if (_text.TrySign() is not { } sign || sign.IsOrdered()) throw RuleText.FaultAt(start, "A state is compared by == or != with a text in quotes, such as \"stopped\".");
        return new StateIs(series, _text.Quoted("The state"), sign == Comparator.NotEqual);
    }

    private Anomaly AnomalyLeaf()
    {
        var (series, by) = Grouped();
        var sensitivity = Sensitivity.Medium;
        if (_text.TryChar(','))
        {
            var (word, at) = _text.Argument("A sensitivity: low, medium or high");
            if (!Anomaly.TryReadSensitivity(word, out sensitivity))
            {
                throw RuleText.FaultAt(at, $"'{word}' is not a sensitivity: low, medium or high. The robust z-score over a window is zscore(x, 300) > 5.");
            }
        }

        _text.Expect(')', "the sensitivity");
        if (_text.TrySign() is not null) throw _text.Fault("'anomaly' is compared with nothing: it holds while the series is strange. The robust z-score is 'zscore'.");
        return new Anomaly(series, sensitivity, by);
    }

    // 'cpu.*{zone=a} by host', or 'by host' for all series that have that tag.
    private (string Series, string? By) Grouped()
    {
        var (argument, position) = _text.Argument("A series such as 'cpu.load', or 'by host'");
        var at = argument.StartsWith("by ", StringComparison.OrdinalIgnoreCase) ? 0 : argument.LastIndexOf(" by ", StringComparison.OrdinalIgnoreCase);
        var isGrouped = at == 0 || (at > 0 && argument.IndexOf('}', at) < 0);
        var text = isGrouped ? at == 0 ? "*" : argument[..at].Trim() : argument;
        var by = isGrouped ? argument[(at == 0 ? 3 : at + 4)..].Trim() : null;
        if (!SeriesPattern.TryParse(text, out var pattern)) throw RuleText.FaultAt(position, $"'{text}' is not a series; it is written as 'cpu.load' or 'cpu.load{{host=*}}'.");
        if (by is null) return (pattern!.ToString(), null);
        if (by.Length == 0 || !by.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':')) throw RuleText.FaultAt(position, "After 'by' the name of a tag is expected, such as 'by host'.");
        var key = pattern!.ExactKey;
        return (key.Tag(by) is null ? new SeriesKey(key.Name, [.. key.Tags, new(by, "*")]).ToString() : key.ToString(), by);
    }

    private Outlier OutlierLeaf()
    {
        var series = Series();
        _text.Expect(',', "the series, then a window such as 5m");
        var window = Window();
        _text.Expect(')', "the window");
        var at = _text.Next;
        if (_text.TrySign() is not { } sign) return new Outlier(series, window, Outlier.UsualDistance);
        var distance = _text.Number("How many robust standard deviations are too far");
        return sign == Comparator.Above && distance > 0 ? new Outlier(series, window, distance) : throw RuleText.FaultAt(at, "An outlier is further than so many robust standard deviations: '> 5'.");
    }

    private Forecasted ForecastLeaf(ForecastFigure kind)
    {
        var series = Series();
        _text.Expect(',', "the series, then how far ahead, such as 1h");
        var horizon = _text.Duration("How far ahead");
        _text.Expect(')', "how far ahead");
        if (_text.TrySign() is not { } sign) throw _text.Fault("A comparison is expected here: >, >=, <, <=, == or !=.");
        return new Forecasted(kind, series, horizon, 0, sign, _text.Number("The threshold"));
    }

    private Forecasted TimeToLeaf()
    {
        var series = Series();
        _text.Expect(',', "the series, then the value it may reach");
        var target = _text.Number("The value it may reach");
        _text.Expect(')', "the value");
        if (_text.TrySign() is not { } sign || sign is Comparator.Equal or Comparator.NotEqual) throw _text.Fault("How soon is expected here, such as '< 4d'.");
        return new Forecasted(ForecastFigure.TimeTo, series, TimeSpan.Zero, target, sign, _text.Duration("How soon").TotalSeconds);
    }

    private Comparison ComparisonLeaf(string name, int start)
    {
        if (!AggregateSpec.TryParse(name, out var aggregate, out var error)) throw RuleText.FaultAt(start, error);
        var series = Series();
        _text.Expect(',', "the series, then a window such as 30s or 500");
        var window = Window();
        _text.Expect(')', "the window");
        if (_text.TrySign() is not { } sign) throw _text.Fault("A comparison is expected here: >, >=, <, <=, == or !=.");
        return new Comparison(aggregate, series, window, sign, _text.Number("The threshold"));
    }

    private string Series()
    {
        var (argument, position) = _text.Argument("A series such as 'cpu.load' or 'cpu.load{host=*}'");
        if (!SeriesPattern.TryParse(argument, out var pattern))
        {
            throw RuleText.FaultAt(position, $"'{argument}' is not a series; it is written as 'cpu.load' or 'cpu.load{{host=*}}'.");
        }

        return pattern!.ToString();
    }

    private WindowSpec Window()
    {
        var (argument, position) = _text.Argument("A window such as '30s' or '500'");
        return WindowSpec.TryParse(argument, out var spec, out var error) ? spec : throw RuleText.FaultAt(position, error);
    }

    private RuleExpression Options(RuleExpression expression)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_text.IsAtEnd)
        {
            var start = _text.Next;
            var word = _text.PeekToken().ToLowerInvariant();
            if (word is not ("for" or "keep" or "clear" or "info" or "warning" or "critical")) break;
            _text.TryWord(word);
            if (!seen.Add(word)) throw RuleText.FaultAt(start, $"'{word}' stands twice.");
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
        if (condition is not Comparison comparison || !comparison.Comparator.IsOrdered())
        {
            throw RuleText.FaultAt(start, "'clear' goes with one comparison by >, >=, < or <=.");
        }

        var at = _text.Next;
        var clear = _text.Number("The threshold at which it is over");
        var isBeyond = comparison.Comparator.IsDownward() ? clear < comparison.Threshold : clear > comparison.Threshold;
        if (isBeyond)
        {
            var side = comparison.Comparator.IsDownward() ? "below" : "above";
            throw RuleText.FaultAt(at, string.Create(CultureInfo.InvariantCulture, $"'clear {clear:R}' lies {side} the threshold {comparison.Threshold:R}: the alert could never be over."));
        }

        return clear;
    }

    private SeverityStep StepAt(RuleExpression expression, string word, int start)
    {
        if (expression.Condition is not Comparison comparison || !comparison.Comparator.IsOrdered())
        {
            throw RuleText.FaultAt(start, $"'{word}' with a threshold goes with one comparison by >, >=, < or <=.");
        }

        var at = _text.Next;
        var threshold = _text.Number("The threshold of the severity");
        var before = expression.Steps.Count > 0 ? expression.Steps[^1].Threshold : comparison.Threshold;
        var isFurther = comparison.Comparator.IsDownward() ? threshold < before : threshold > before;
        if (!isFurther) throw RuleText.FaultAt(at, string.Create(CultureInfo.InvariantCulture, $"The threshold of '{word}' must lie beyond {before:R}."));
        return new SeverityStep(Enum.Parse<Severity>(word, ignoreCase: true), threshold);
    }
}
