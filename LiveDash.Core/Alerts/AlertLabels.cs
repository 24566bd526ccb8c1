using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Templates;

namespace LiveDash.Core.Alerts;

/// <summary>
/// An alert's labels as Prometheus and Alertmanager take them: its tags, the rule's labels, then <c>alertname</c>, <c>series</c> and <c>severity</c>. A key that
/// is no label's name is made one (<c>shop-id</c> becomes <c>shop_id</c>); where that clashes with another it gets a number. Stateless.
/// </summary>
public static class AlertLabels
{
    private static readonly string[] Own = ["alertname", "series", "severity"];

    /// <summary>The labels, by name.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="labels">The rule's labels.</param>
    /// <param name="series">The series' canonical text.</param>
    /// <param name="severity">How much it matters.</param>
    public static SortedDictionary<string, string> Of(string rule, IReadOnlyDictionary<string, string> labels, string series, Severity severity)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = rule, ["series"] = series, ["severity"] = severity.ToString().ToLowerInvariant(),
        };
        // A rule's own label wins over a tag of the same name, as in Prometheus; sorted, so that the same alert gets the same numbers each time.
        IEnumerable<KeyValuePair<string, string>> tags = SeriesKey.TryParse(series, out var key) ? key!.Tags : [];
        var given = labels.Concat(tags.Where(tag => !labels.ContainsKey(tag.Key))).Where(static pair => pair.Value.Length > 0)
            .OrderByDescending(static pair => IsName(pair.Key)).ThenBy(static pair => pair.Key, StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            var valid = NameOf(name);
            var free = valid;
            for (var n = 2; all.ContainsKey(free); n++) free = $"{valid}_{n}";
            all[free] = value;
        }

        return all;
    }

    /// <summary>The labels of an alert of a rule as Prometheus has them: of one in PromQL without the series, which is no label there.</summary>
    public static SortedDictionary<string, string> Of(RuleModel rule, SeriesKey series, Severity severity)
    {
        if (rule.Query is null) return Of(rule.Config.Name, rule.Config.Labels, series.ToString(), severity);
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["severity"] = severity.ToString().ToLowerInvariant() };
        foreach (var (name, value) in series.Tags.Concat(rule.Config.Labels)) all[name] = value;
        all["alertname"] = rule.Config.Name;
        return all;
    }

    /// <summary>The annotations of a rule with the labels and the value of one alert filled in.</summary>
    public static IReadOnlyDictionary<string, string> Annotations(RuleModel rule, SeriesKey series, double value)
    {
        if (rule.Config.Annotations.Count == 0) return rule.Config.Annotations;
        var labels = series.Tags.ToDictionary();
        if (rule.Driver is QueryCondition { KeepsName: true }) labels["__name__"] = series.Name;
        return rule.Config.Annotations.ToDictionary(static pair => pair.Key, pair => AlertTemplate.Fill(pair.Value, labels, value));
    }

    /// <summary>A label's name as near to a key as may be.</summary>
    public static string NameOf(string key)
    {
        if (IsName(key)) return key;
        var name = string.Create(key.Length, key, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = IsPart(from[i]) ? from[i] : '_';
        });
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>True for the three that every alert has.</summary>
    public static bool IsOwn(string name) => Array.IndexOf(Own, name) >= 0;

    private static bool IsName(string key) => key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(IsPart);

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
