using YamlDotNet.RepresentationModel;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Reads the alerting rules of a Prometheus rule file, as its documentation "Alerting rules" spells them; what has no equivalent here is told by line.
/// Stateless, so safe on any thread.
/// </summary>
internal static class PrometheusRules
{
    /// <summary>Reads the groups.</summary>
    public static void Read(YamlNode groups, Action<YamlMappingNode, RuleConfig> keep, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        if (groups is not YamlSequenceNode list)
        {
            faults.Add(new(RuleFileReader.LineOf(groups), null, "'groups' is a list."));
            return;
        }

        foreach (var group in list.OfType<YamlMappingNode>())
        {
            if (!group.Children.TryGetValue("rules", out var rules) || rules is not YamlSequenceNode rows) continue;
            foreach (var rule in rows.OfType<YamlMappingNode>())
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    ReadRule(rule, keep, faults);
                }
                catch (FormatException exception)
                {
                    faults.Add(new(RuleFileReader.LineOf(rule), NameOf(rule), exception.Message));
                }
            }
        }
    }

    private static string? NameOf(YamlMappingNode rule) => Find(rule, "alert") ?? Find(rule, "record");

    private static void ReadRule(YamlMappingNode rule, Action<YamlMappingNode, RuleConfig> keep, List<RuleFileFault> faults)
    {
        if (Find(rule, "record") is not null) throw new FormatException("A recording rule has no equivalent: windows are kept up to date by themselves.");
        var name = Find(rule, "alert") ?? throw new FormatException("A rule has a member 'alert' with its name.");
        var expr = PrometheusExpression.Translate(Find(rule, "expr") ?? throw new FormatException("A rule has a member 'expr'."));
        if (RuleExpression.TryParse(expr, out var read, out _) && read.Condition is SeriesCondition { Series: var series } && !series.Contains('*', StringComparison.Ordinal))
        {
            // A selector means every series that has these labels, whatever others it has; here that takes a wildcard.
            faults.Add(new(RuleFileReader.LineOf(rule), name, $"The rule was read for the one series {series}: to judge series that have more tags, name one of them with a wildcard, as in {{instance=*}}.", IsNote: true));
        }

        if (Find(rule, "for") is { } hold) expr += Time("for", hold);
        if (Find(rule, "keep_firing_for") is { } kept) expr += Time("keep", kept);
        var labels = rule.Children.TryGetValue("labels", out var given) ? RuleFileReader.Texts(given, "labels") : [];
        labels.Remove("severity", out var severity);
        var annotations = rule.Children.TryGetValue("annotations", out var notes) ? RuleFileReader.Texts(notes, "annotations") : [];
        var message = annotations.GetValueOrDefault("description") ?? annotations.GetValueOrDefault("summary") ?? "";
        var own = message.Replace("{{ $value }}", "{value}", StringComparison.Ordinal).Replace("{{$value}}", "{value}", StringComparison.Ordinal);
        if (own.Contains("{{", StringComparison.Ordinal))
        {
            faults.Add(new(RuleFileReader.LineOf(notes!), name, "The rule was read without its message: of templates only {{ $value }} has an equivalent, {value}.", IsNote: true));
            own = "";
        }

        if (severity is not null && severity is not ("info" or "warning" or "critical"))
        {
            labels["severity"] = severity;
            faults.Add(new(RuleFileReader.LineOf(given!), name, $"The rule was read as a warning: severity '{severity}' is none of info, warning and critical, and stays as a label.", IsNote: true));
            severity = null;
        }

        keep(rule, new RuleConfig { Name = name, Expr = expr, Severity = severity ?? "warning", Labels = labels, Message = own });
    }

    private static string Time(string word, string duration) => duration is "0" or "0s" ? "" : $" {word} {duration}";

    private static string? Find(YamlMappingNode rule, string key) =>
        rule.Children.TryGetValue(key, out var value) ? RuleFileReader.Text(value, key) : null;
}
