using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Translates the PromQL of an alert where it means the same here: a metric, or one function over one range of it, compared with a number. Anything else
/// is refused by name rather than guessed. Stateless, so safe on any thread.
/// </summary>
internal static partial class PrometheusExpression
{
    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["avg_over_time"] = "mean", ["min_over_time"] = "min", ["max_over_time"] = "max", ["sum_over_time"] = "sum", ["count_over_time"] = "count",
        ["last_over_time"] = "last", ["stddev_over_time"] = "std", ["rate"] = "rate", ["increase"] = "increase", ["deriv"] = "slope",
    };

    /// <summary>The rule's condition.</summary>
    /// <exception cref="FormatException">It has no equivalent; the message says which part.</exception>
    public static string Translate(string promql)
    {
        var text = promql.Trim();
        if (AbsentCall().Match(text) is { Success: true } absent)
        {
            // An instant selector sees a sample for five minutes, so that long it must be gone.
            return $"absent({Series(absent.Groups["metric"].Value, absent.Groups["labels"].Value)}, {(absent.Groups["range"].Success ? absent.Groups["range"].Value : "5m")})";
        }

        var match = Comparison().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' has no equivalent: an expression is a metric, or a function over a range of one, compared with a number, or absent(metric).");
        var series = Series(match.Groups["metric"].Value, match.Groups["labels"].Value);
        var compared = $"{match.Groups["sign"].Value} {match.Groups["number"].Value}";
        var function = match.Groups["function"].Value;
        if (function.Length == 0)
        {
            if (match.Groups["range"].Success) throw new FormatException("A range needs a function around it, such as avg_over_time.");
            return $"last({series}, 1) {compared}";
        }

        if (!match.Groups["range"].Success) throw new FormatException($"'{function}' has no equivalent over one value; over a range, as in {function}(metric[5m]), some have.");
        return $"{Aggregate(function, match.Groups["quantile"])}({series}, {match.Groups["range"].Value}) {compared}";
    }

    private static string Aggregate(string function, Group quantile)
    {
        if (function == "quantile_over_time" && quantile.Success)
        {
            var part = double.Parse(quantile.Value, CultureInfo.InvariantCulture) * 100;
            return string.Create(CultureInfo.InvariantCulture, $"p{Math.Round(part, 6)}");
        }

        if (quantile.Success || !Functions.TryGetValue(function, out var aggregate))
        {
            throw new FormatException($"The function '{function}' has no equivalent; those that have: {string.Join(", ", Functions.Keys)}, quantile_over_time, absent, absent_over_time.");
        }

        return aggregate;
    }

    private static string Series(string metric, string labels)
    {
        var tags = new List<string>();
        var rest = labels.Trim().TrimEnd(',');
        while (rest.Length > 0)
        {
            var match = Label().Match(rest);
            if (!match.Success) throw new FormatException($"'{{{labels}}}' cannot be read: labels look like {{job=\"api\"}}.");
            var value = match.Groups["value"].Value;
            var sign = match.Groups["sign"].Value;
            if (sign == "=~" && Wildcards().IsMatch(value)) value = value.Replace(".*", "*", StringComparison.Ordinal).Replace(".+", "*", StringComparison.Ordinal);
            else if (sign != "=") throw new FormatException($"'{match.Groups["name"].Value}{sign}\"{value}\"' has no equivalent: tags are equal, or match a wildcard.");
            tags.Add($"{match.Groups["name"].Value}={value}");
            rest = rest[match.Length..].TrimStart().TrimStart(',').TrimStart();
        }

        return tags.Count == 0 ? metric : $"{metric}{{{string.Join(',', tags)}}}";
    }

    [GeneratedRegex(@"^(?:(?<function>[a-z_]+)\(\s*(?:(?<quantile>[0-9.]+)\s*,\s*)?)?(?<metric>[a-zA-Z_:][\w:]*)\s*(?:\{(?<labels>[^}]*)\})?\s*(?:\[(?<range>[0-9a-z]+)\])?(?(function)\s*\))\s*(?<sign>>=|<=|==|!=|>|<)\s*(?<number>[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^absent(?:_over_time)?\(\s*(?<metric>[a-zA-Z_:][\w:]*)\s*(?:\{(?<labels>[^}]*)\})?\s*(?:\[(?<range>[0-9a-z]+)\])?\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex AbsentCall();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_]\w*)\s*(?<sign>=~|!~|!=|=)\s*""(?<value>[^""]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:[\w\-:/ ]|\.[*+])*$", RegexOptions.CultureInvariant)]
    private static partial Regex Wildcards();
}
