using System.Globalization;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules.Templates;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>Checks what belongs to rules in PromQL alone. Stateless.</summary>
internal static class QueryRuleReader
{
    private const int MaxAnnotations = 64;
    private const int MaxAnnotationLength = 10_000;
    private const int MaxPlaceLength = 500;

    /// <summary>Reads the condition and its times; null where there are faults.</summary>
    public static RuleExpression? Read(RuleConfig config, List<RuleFault> found)
    {
        CheckTexts(config, found);
        var hold = Time(config.For, "for", found);
        var keep = Time(config.KeepFiringFor, "keepFiringFor", found);
        if (config.Interval.Length > 0 && !DurationText.TryParse(config.Interval, out _)) found.Add(new("interval", null, $"'interval' is {DurationText.Rule}."));
        if (!PromQuery.TryParse(config.Expr, out var query, out var faults))
        {
            found.AddRange(faults.Select(static fault => new RuleFault("expr", fault.Position, fault.Message)));
            return null;
        }

        if (query.Kind is not (ValueKind.Vector or ValueKind.Scalar))
        {
            found.Add(new("expr", 0, "A rule's expression yields a vector or a number, not a range or a text."));
            return null;
        }

        var condition = new QueryCondition(config.Expr.Trim(), query);
        return new RuleExpression { Condition = condition, For = hold, Keep = keep, Clear = Clear(config, condition.Threshold, found), Steps = Steps(config, condition.Threshold, found) };
    }

    private static double? Clear(RuleConfig config, QueryThreshold? threshold, List<RuleFault> found)
    {
        if (config.Clear.Length == 0) return null;
        if (threshold is null) found.Add(new("clear", null, "'clear' goes with an expression that compares a vector with a number by >, >=, < or <=."));
        else if (!double.TryParse(config.Clear, NumberStyles.Float, CultureInfo.InvariantCulture, out var clear) || !double.IsFinite(clear)) found.Add(new("clear", null, "'clear' is a number such as '70'."));
        else if (threshold.Comparator.IsDownward() ? clear < threshold.Value : clear > threshold.Value)
        {
            found.Add(new("clear", null, string.Create(CultureInfo.InvariantCulture, $"{clear:R} lies {(threshold.Comparator.IsDownward() ? "below" : "above")} the threshold {threshold.Value:R}: the alert could never be over.")));
        }
        else
        {
            return clear;
        }

        return null;
    }

    private static List<SeverityStep> Steps(RuleConfig config, QueryThreshold? threshold, List<RuleFault> found)
    {
        var steps = new List<SeverityStep>();
        if (config.Steps.Length == 0) return steps;
        if (threshold is null)
        {
            found.Add(new("steps", null, "'steps' go with an expression that compares a vector with a number by >, >=, < or <=."));
            return steps;
        }

        var before = threshold.Value;
        foreach (var text in config.Steps.Split(',', StringSplitOptions.TrimEntries))
        {
            if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var word, var number] || !Enum.GetNames<Severity>().Contains(word, StringComparer.OrdinalIgnoreCase)
                || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                found.Add(new("steps", null, $"'{text}' is no step: write 'critical 95', with commas between."));
                return steps;
            }

            var severity = Enum.Parse<Severity>(word, ignoreCase: true);
            var isFurther = threshold.Comparator.IsDownward() ? value < before : value > before;
            if (!isFurther) found.Add(new("steps", null, string.Create(CultureInfo.InvariantCulture, $"The threshold of '{word}' must lie beyond {before:R}.")));
            if (steps.Exists(step => step.Severity == severity)) found.Add(new("steps", null, $"'{word}' stands twice."));
            before = value;
            steps.Add(new(severity, value));
        }

        return steps;
    }

    private static void CheckTexts(RuleConfig config, List<RuleFault> found)
    {
        if (config.Annotations.Count > MaxAnnotations || config.Annotations.Any(static one => one.Key.Length is 0 or > MaxPlaceLength || one.Value is not { Length: <= MaxAnnotationLength }))
        {
            found.Add(new("annotations", null, $"Annotations are at most {MaxAnnotations} names with texts of at most {MaxAnnotationLength:N0} characters."));
        }
        else
        {
            foreach (var (name, text) in config.Annotations)
            {
                if (AlertTemplate.Check(text) is { } fault) found.Add(new("annotations", null, $"The template '{name}' cannot be filled in: {fault}."));
            }
        }

        if (config.Group.Length > MaxPlaceLength || config.File.Length > MaxPlaceLength) found.Add(new("group", null, $"A group and a file have names of at most {MaxPlaceLength} characters."));
        if (config.IsRecording && (config.For.Length > 0 || config.KeepFiringFor.Length > 0 || config.Clear.Length > 0 || config.Steps.Length > 0 || config.Annotations.Count > 0))
        {
            found.Add(new("record", null, "A rule that keeps a series has no 'for', 'keepFiringFor', 'clear', 'steps' or annotations."));
        }
    }

    private static TimeSpan Time(string text, string field, List<RuleFault> found)
    {
        // Prometheus' files say 0m for at once.
        if (text.Length == 0 || text.All(static c => c == '0') || (ExprText.TryDuration(text, out var ticks) && ticks == 0)) return TimeSpan.Zero;
        if (DurationText.TryParse(text, out var time)) return time;
        found.Add(new(field, null, $"'{field}' is {DurationText.Rule}."));
        return TimeSpan.Zero;
    }
}
