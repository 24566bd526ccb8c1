using System.Globalization;
using LiveDash.Core.Query;
using LiveDash.Core.Rules.Templates;
using YamlDotNet.RepresentationModel;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Reads the groups of a Prometheus rule file, as its documentation "Alerting rules" and "Recording rules" spell them, or of a <c>PrometheusRule</c> of the Prometheus operator. A rule keeps its
/// expression as it is written, and is named for good by its file, its group and its place within it. Stateless, so safe on any thread.
/// </summary>
internal static class PrometheusRules
{
    private static readonly string[] s_groupMembers = ["name", "interval", "labels", "rules"];

    private static readonly string[] s_members = ["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"];

    /// <summary>Reads the groups.</summary>
    /// <param name="groups">The list of groups.</param>
    /// <param name="file">The file's name; empty where it has none.</param>
    /// <param name="keep">Takes a rule.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Read(YamlNode groups, string file, Action<YamlMappingNode, RuleConfig> keep, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        if (groups is not YamlSequenceNode list)
        {
            faults.Add(new(RuleFileReader.LineOf(groups), null, "'groups' is a list."));
            return;
        }

        foreach (var node in list)
        {
            try
            {
                ReadGroup(node as YamlMappingNode ?? throw new FormatException("A group is a mapping with 'name' and 'rules'."), file, keep, faults, cancellationToken);
            }
            catch (FormatException exception)
            {
                faults.Add(new(RuleFileReader.LineOf(node), null, exception.Message));
            }
        }
    }

    private static void ReadGroup(YamlMappingNode group, string file, Action<YamlMappingNode, RuleConfig> keep, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        var (name, interval) = (Find(group, "name") ?? "", Find(group, "interval") ?? "");
        var labels = group.Children.TryGetValue("labels", out var given) ? RuleFileReader.Texts(given, "labels") : [];
        foreach (var (key, value) in group.Children)
        {
            // A limit of 0 is none.
            if (key is not YamlScalarNode { Value: { } member } || s_groupMembers.Contains(member) || value is YamlScalarNode { Value: "" or "0" or "0s" }) continue;
            faults.Add(new(RuleFileReader.LineOf(key), null, $"The group '{name}' was read, but its '{member}' has no equivalent: its rules are judged without it.", IsNote: true));
        }

        if (!group.Children.TryGetValue("rules", out var rules) || rules is YamlScalarNode { Value: null or "" or "~" or "null" }) return;
        if (rules is not YamlSequenceNode rows) throw new FormatException("'rules' is a list.");
        var position = 0;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rule = row as YamlMappingNode;
            try
            {
                if (rule is null) throw new FormatException("A rule is a mapping with 'alert' or 'record', and 'expr'.");
                var read = Read(rule, labels, faults) with { File = file, Group = name };
                keep(rule, read with { Id = RuleIds.OfFile(file, name, position, read.Name), Interval = read.IsRecording ? interval : "" });
            }
            catch (FormatException exception)
            {
                faults.Add(new(RuleFileReader.LineOf(row), rule is null ? null : NameOf(rule), exception.Message));
            }

            position++;
        }
    }

    private static string? NameOf(YamlMappingNode rule) => Find(rule, "alert") ?? Find(rule, "record");

    private static RuleConfig Read(YamlMappingNode rule, Dictionary<string, string> groupLabels, List<RuleFileFault> faults)
    {
        var unknown = rule.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(static key => !s_members.Contains(key.Value));
        if (unknown is not null) throw new FormatException($"'{unknown.Value}' is not a member of a rule: {string.Join(", ", s_members)}.");
        var (alert, record) = (Find(rule, "alert"), Find(rule, "record"));
        if (alert is null == record is null) throw new FormatException("A rule has a member 'alert' or a member 'record' with its name, and not both.");
        var expr = Find(rule, "expr") ?? throw new FormatException("A rule has a member 'expr'.");
        if (!PromQuery.TryParse(expr, out _, out var found)) throw new FormatException(Place(expr, found[0].Position) + found[0].Message);
        var labels = rule.Children.TryGetValue("labels", out var given) ? RuleFileReader.Texts(given, "labels") : [];
        // A group's labels are all its rules', but where a rule has its own of that name.
        foreach (var (label, value) in groupLabels) labels.TryAdd(label, value);
        if (record is not null) return new RuleConfig { Language = RuleLanguage.PromQl, Name = record, Record = record, Expr = expr, Labels = labels };
        var severity = labels.GetValueOrDefault("severity");
        if (severity is "info" or "warning" or "critical")
        {
            labels.Remove("severity");
        }
        else if (severity is not null)
        {
            faults.Add(new(RuleFileReader.LineOf(given ?? rule), alert, $"The rule was read as a warning: severity '{severity}' is none of info, warning and critical, and stays as a label.", IsNote: true));
            severity = null;
        }

        var annotations = rule.Children.TryGetValue("annotations", out var notes) ? RuleFileReader.Texts(notes, "annotations") : [];
        foreach (var (name, _) in annotations.Where(static pair => AlertTemplate.AsksQuery(pair.Value)))
        {
            faults.Add(new(RuleFileReader.LineOf(notes!), alert, $"The rule was read, but its annotation '{name}' asks a query, which is not run.", IsNote: true));
        }

        return new RuleConfig
        {
            Language = RuleLanguage.PromQl,
            Name = alert!,
            Expr = expr,
            For = Time(rule, "for"),
            KeepFiringFor = Time(rule, "keep_firing_for"),
            Severity = severity ?? "warning",
            Labels = labels,
            Annotations = annotations,
        };
    }

    private static string Time(YamlMappingNode rule, string key) => Find(rule, key) is { } text && text.Trim('0', 's', 'm', 'h', 'd', 'w', 'y').Length + text.Count(char.IsAsciiDigit) - text.Count('0') > 0 ? text : "";

    private static string Place(string text, int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        return string.Create(CultureInfo.InvariantCulture, $"expr, at {before.Count('\n') + 1}:{before.Length - before.LastIndexOf('\n')}: ");
    }

    private static string? Find(YamlMappingNode rule, string key) =>
        rule.Children.TryGetValue(key, out var value) ? RuleFileReader.Text(value, key) : null;
}
