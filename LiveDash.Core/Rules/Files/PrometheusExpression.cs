using System.Globalization;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Translates the PromQL of an alert where it means the same here: a metric, or one function over one range of it, compared with a number. Anything else
/// is refused by name rather than guessed. Read once from left to right, so that a text costs no more than its length. Stateless, so safe on any thread.
/// </summary>
internal static class PrometheusExpression
{
    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["avg_over_time"] = "mean", ["min_over_time"] = "min", ["max_over_time"] = "max", ["sum_over_time"] = "sum", ["count_over_time"] = "count",
        ["last_over_time"] = "last", ["stddev_over_time"] = "std", ["rate"] = "rate", ["increase"] = "increase", ["deriv"] = "slope",
    };

    private static readonly string[] Signs = [">=", "<=", "==", "!=", ">", "<"];

    /// <summary>The rule's condition.</summary>
    /// <exception cref="FormatException">It has no equivalent; the message says which part.</exception>
    public static string Translate(string promql) => Translate(new PrometheusCursor(promql));

    /// <inheritdoc cref="Translate(string)"/>
    internal static string Translate(PrometheusCursor text)
    {
        if (text.Length > RuleExpression.MaxLength) throw new FormatException($"An expression has at most {RuleExpression.MaxLength:N0} characters.");
        var function = text.Function();
        if (function is "absent" or "absent_over_time") return Absent(text);
        string? quantile = null;
        if (function.Length > 0 && text.Number() is { } number)
        {
            quantile = number;
            if (!text.TryTake(",")) throw NoEquivalent(text);
        }

        var series = Series(text);
        var range = text.Range();
        if (function.Length > 0 && !text.TryTake(")")) throw NoEquivalent(text);
        if (Array.Find(Signs, text.TryTake) is not { } sign || text.Number() is not { } threshold || !text.IsAtEnd) throw NoEquivalent(text);
        if (function.Length == 0)
        {
            if (range is not null) throw new FormatException("A range needs a function around it, such as avg_over_time.");
            return $"last({series}, 1) {sign} {threshold}";
        }

        if (range is null) throw new FormatException($"'{function}' has no equivalent over one value; over a range, as in {function}(metric[5m]), some have.");
        return $"{Aggregate(function, quantile)}({series}, {range}) {sign} {threshold}";
    }

    // An instant selector sees a sample for five minutes, so that long it must be gone.
    private static string Absent(PrometheusCursor text)
    {
        var series = Series(text);
        var range = text.Range() ?? "5m";
        return text.TryTake(")") && text.IsAtEnd ? $"absent({series}, {range})" : throw NoEquivalent(text);
    }

    private static string Aggregate(string function, string? quantile)
    {
        if (function == "quantile_over_time" && quantile is not null && double.TryParse(quantile, NumberStyles.Float, CultureInfo.InvariantCulture, out var part))
        {
            return string.Create(CultureInfo.InvariantCulture, $"p{Math.Round(part * 100, 6)}");
        }

        if (quantile is not null || !Functions.TryGetValue(function, out var aggregate))
        {
            throw new FormatException($"The function '{function}' has no equivalent; those that have: {string.Join(", ", Functions.Keys)}, quantile_over_time, absent, absent_over_time.");
        }

        return aggregate;
    }

    private static string Series(PrometheusCursor text)
    {
        var metric = text.Metric();
        if (metric.Length == 0) throw NoEquivalent(text);
        if (!text.TryTake("{")) return metric;
        var tags = new List<string>();
        while (!text.TryTake("}"))
        {
            if (text.Label() is not var (name, sign, value)) throw new FormatException($"'{text.Quoted}' cannot be read: labels look like {{job=\"api\"}}.");
            if (sign == "=~" && IsWildcard(value)) value = value.Replace(".*", "*", StringComparison.Ordinal).Replace(".+", "*", StringComparison.Ordinal);
            else if (sign != "=") throw new FormatException($"'{name}{sign}\"{value}\"' has no equivalent: tags are equal, or match a wildcard.");
            tags.Add($"{name}={value}");
            text.TryTake(",");
        }

        return tags.Count == 0 ? metric : $"{metric}{{{string.Join(',', tags)}}}";
    }

    // Letters and the like, and of patterns only .* and .+, which are wildcards.
    private static bool IsWildcard(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '.' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '+') i++;
            else if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or ':' or '/' or ' ')) return false;
        }

        return true;
    }

    private static FormatException NoEquivalent(PrometheusCursor text) => new(
        $"'{text.Quoted}' has no equivalent: an expression is a metric, or a function over a range of one, compared with a number, or absent(metric).");
}
