using System.Globalization;
using System.Text;
using LiveDash.Core.Windows;
using YamlDotNet.Serialization;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Writes rules as a file that Prometheus reads and promtool accepts: those in PromQL as they are, and of the others those that say a plain comparison of one aggregate over a duration. What cannot
/// be said there is told in comments at the head. Stateless, so safe on any thread.
/// </summary>
public static class PrometheusRuleWriter
{
    private static readonly Dictionary<string, string> s_functions = new(StringComparer.Ordinal)
    {
        ["mean"] = "avg_over_time", ["min"] = "min_over_time", ["max"] = "max_over_time", ["sum"] = "sum_over_time", ["count"] = "count_over_time", ["std"] = "stddev_over_time", ["last"] = "last_over_time",
    };

    /// <summary>The rules as YAML.</summary>
    public static string ToYaml(IEnumerable<RuleConfig> rules)
    {
        var left = new List<string>();
        var groups = new List<Dictionary<string, object>>();
        foreach (var group in rules.GroupBy(static rule => (rule.File, rule.Group)))
        {
            var written = new List<Dictionary<string, object>>();
            foreach (var rule in group)
            {
                if (Members(rule) is { } members) written.Add(members);
                else left.Add(rule.Name);
            }

            if (written.Count > 0) groups.Add(new() { ["name"] = NameOf(group.Key.File, group.Key.Group), ["rules"] = written });
        }

        var text = new StringBuilder();
        foreach (var name in left) text.Append("# '").Append(string.Concat(name.Where(static c => !char.IsControl(c)))).Append("' says what PromQL cannot, and was left out.\n");
        return text.Append(new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build().Serialize(new Dictionary<string, object> { ["groups"] = groups })).ToString();
    }

    // Groups of a file have names of their own.
    private static string NameOf(string file, string group) => (file, group) switch
    {
        ("", "") => "livedash",
        ("", _) => group,
        (_, "") => file,
        _ => $"{file}: {group}",
    };

    private static Dictionary<string, object>? Members(RuleConfig rule)
    {
        // What is over at another threshold, or changes its severity, Prometheus cannot say.
        if (rule.Clear.Length > 0 || rule.Steps.Length > 0) return null;
        var (expr, hold, keep) = (rule.Expr, rule.For, rule.KeepFiringFor);
        if (rule.Language != RuleLanguage.PromQl)
        {
            if (!RuleExpression.TryParse(rule.Expr, out var own, out _) || own.Clear is not null || own.Steps.Count > 0 || Say(own.Condition) is not { } said) return null;
            (expr, hold, keep) = (said, own.For > TimeSpan.Zero ? Seconds(own.For) : "", own.Keep > TimeSpan.Zero ? Seconds(own.Keep) : "");
        }

        var members = new Dictionary<string, object> { [rule.IsRecording ? "record" : "alert"] = rule.IsRecording ? rule.Record : rule.Name, ["expr"] = expr };
        if (hold.Length > 0) members["for"] = hold;
        if (keep.Length > 0) members["keep_firing_for"] = keep;
        var labels = rule.Labels.ToDictionary();
        if (!rule.IsRecording) labels.TryAdd("severity", rule.Severity);
        if (labels.Count > 0) members["labels"] = labels;
        var annotations = rule.Annotations.ToDictionary();
        if (annotations.Count == 0 && rule.Message.Length > 0) annotations["description"] = rule.Message.Replace("{value}", "{{ $value }}", StringComparison.Ordinal);
        if (annotations.Count > 0) members["annotations"] = annotations;
        return members;
    }

    private static string? Say(Condition condition)
    {
        if (condition is not Comparison comparison || comparison.Window.Size <= TimeSpan.Zero || comparison.Window.ToString() != DurationText.Format(comparison.Window.Size)) return null;
        if (!s_functions.TryGetValue(comparison.Aggregate.ToString(), out var function) || Selector(comparison.Series) is not { } selector) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{function}({selector}[{Seconds(comparison.Window.Size)}]) {comparison.Comparator.Sign()} {comparison.Threshold:R}");
    }

    // Names with dots are read by Prometheus 3 alone.
    private static string? Selector(string series)
    {
        if (!Model.SeriesKey.TryParse(series, out var key) || !IsName(key!.Name) || key.Tags.Any(static tag => !IsName(tag.Key) || tag.Key.Contains(':', StringComparison.Ordinal))) return null;
        var matchers = key.Tags.Select(static tag => tag.Value.AsSpan().ContainsAny('*', '?') ? $"{tag.Key}=~{Quote(Pattern(tag.Value))}" : $"{tag.Key}={Quote(tag.Value)}").ToList();
        return matchers.Count == 0 ? key.Name : key.Name + "{" + string.Join(", ", matchers) + "}";
    }

    private static string Pattern(string value) => string.Concat(value.Select(static c => c switch
    {
        '*' => ".*",
        '?' => ".",
        _ when char.IsLetterOrDigit(c) || c == '_' => c.ToString(),
        _ => "\\" + c,
    }));

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");
}
