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
        if (config.Interval.Length > 0 && !DurationText.TryParse(config.Interval, out _)) found.Add(new("interval", null, "'interval' is a duration such as '15s'."));
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

        return new RuleExpression { Condition = new QueryCondition(config.Expr.Trim(), query), For = hold, Keep = keep };
    }

    private static void CheckTexts(RuleConfig config, List<RuleFault> found)
    {
        if (config.Annotations.Count > MaxAnnotations || config.Annotations.Any(static one => one.Key.Length is 0 or > MaxPlaceLength || one.Value is not { Length: <= MaxAnnotationLength }))
        {
            found.Add(new("annotations", null, $"Annotations are at most {MaxAnnotations} names with texts of at most {MaxAnnotationLength:N0} characters."));
        }

        foreach (var (name, text) in config.Annotations)
        {
            if (AlertTemplate.Check(text) is { } fault) found.Add(new("annotations", null, $"The template '{name}' cannot be filled in: {fault}."));
        }

        if (config.Group.Length > MaxPlaceLength || config.File.Length > MaxPlaceLength) found.Add(new("group", null, $"A group and a file have names of at most {MaxPlaceLength} characters."));
        if (config.IsRecording && (config.For.Length > 0 || config.KeepFiringFor.Length > 0 || config.Annotations.Count > 0))
        {
            found.Add(new("record", null, "A rule that keeps a series has no 'for', 'keepFiringFor' or annotations."));
        }
    }

    private static TimeSpan Time(string text, string field, List<RuleFault> found)
    {
        // Prometheus' files say 0m for at once.
        if (text.Length == 0 || text.TrimEnd('s', 'm', 'h', 'd', 'w', 'y').All(static c => c == '0')) return TimeSpan.Zero;
        if (DurationText.TryParse(text, out var time)) return time;
        found.Add(new(field, null, $"'{field}' is a duration such as '5m'."));
        return TimeSpan.Zero;
    }
}
