using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Reads rule files: YAML, or JSON, which is YAML too. A file has a list <c>rules</c> as <see cref="RuleFileWriter"/> writes it, or the <c>groups</c> of a
/// Prometheus rule file. Good rules are read whatever else is wrong; every fault names its line. Stateless, so safe on any thread.
/// </summary>
public static class RuleFileReader
{
    /// <summary>The longest file, in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Reads a file; takes no longer than its length asks for, whatever it holds.</summary>
    /// <param name="text">The file.</param>
    /// <param name="cancellationToken">Ends the work, of a client that has left for instance.</param>
    /// <param name="file">The file's name, by which rules of groups are told apart from those of other files; empty for none.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static RuleFileContent Read(string text, CancellationToken cancellationToken, string file = "")
    {
        var faults = new List<RuleFileFault>();
        var rules = new RuleFileRules();
        if (text.Length > MaxLength) return new RuleFileContent([], [new(1, null, $"A rule file has at most {MaxLength:N0} characters.")]);
        try
        {
            var stream = new YamlStream();
            stream.Load(new BoundedYaml(new StringReader(text), cancellationToken));
            foreach (var document in stream.Documents) ReadDocument(document.RootNode, file, rules, faults, cancellationToken);
            if (stream.Documents.Count == 0) faults.Add(new(1, null, "The file is empty."));
        }
        catch (YamlException exception)
        {
            return new RuleFileContent([], [new((int)exception.Start.Line, null, $"It is neither YAML nor JSON: {exception.Message}")]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the library's scanner and its tree say of some texts that are no YAML.
            return new RuleFileContent([], [new(1, null, $"It is neither YAML nor JSON: {exception.Message}")]);
        }

        return new RuleFileContent(rules.All, faults);
    }

    private static void ReadDocument(YamlNode root, string file, RuleFileRules rules, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        switch (root)
        {
            case YamlSequenceNode list:
                ReadRules(list, rules, faults, cancellationToken);
                break;
            case YamlMappingNode map when map.Children.TryGetValue("spec", out var spec) && spec is YamlMappingNode:
                ReadDocument(spec, file, rules, faults, cancellationToken);
                break;
            // What kubectl gives of several objects.
            case YamlMappingNode map when map.Children.TryGetValue("items", out var items) && items is YamlSequenceNode several:
                foreach (var item in several) ReadDocument(item, file, rules, faults, cancellationToken);
                break;
            case YamlMappingNode map when map.Children.TryGetValue("groups", out var groups):
                PrometheusRules.Read(groups, file, (node, config) => Keep(node, config, rules, faults), faults, cancellationToken);
                break;
            case YamlMappingNode map when map.Children.TryGetValue("rules", out var listed) && listed is YamlSequenceNode list:
                ReadRules(list, rules, faults, cancellationToken);
                break;
            default:
                faults.Add(new(LineOf(root), null, "A rule file has a list 'rules', or the 'groups' of a Prometheus rule file."));
                break;
        }
    }

    private static void ReadRules(YamlSequenceNode list, RuleFileRules rules, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        foreach (var node in list)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadRule(node, rules, faults);
        }
    }

    private static void ReadRule(YamlNode node, RuleFileRules rules, List<RuleFileFault> faults)
    {
        if (node is not YamlMappingNode map)
        {
            faults.Add(new(LineOf(node), null, "A rule is a mapping with 'name' and 'expr'."));
            return;
        }

        var before = faults.Count;
        var config = new RuleConfig();
        var name = map.Children.TryGetValue("name", out var named) ? (named as YamlScalarNode)?.Value : null;
        foreach (var (key, value) in map.Children)
        {
            try
            {
                config = With(config, ((YamlScalarNode)key).Value ?? "", value);
            }
            catch (FormatException exception)
            {
                faults.Add(new(LineOf(key), name, exception.Message));
            }
        }

        if (faults.Count == before) Keep(map, config, rules, faults);
    }

    private static void Keep(YamlMappingNode node, RuleConfig config, RuleFileRules rules, List<RuleFileFault> faults)
    {
        if (config.Id.Length == 0) config = config with { Id = RuleIds.FromName(config.Name) };
        if (!RuleReader.TryRead(config, out var rule, out var found))
        {
            foreach (var fault in found)
            {
                var at = node.Children.TryGetValue(fault.Field, out var field) ? field : node;
                var place = fault.Position is { } position ? $"{fault.Field}, at character {position + 1}: " : "";
                faults.Add(new(LineOf(at), config.Name, place + fault.Detail));
            }
        }
        else if (!rules.TryAdd(rule.Config))
        {
            faults.Add(new(LineOf(node), config.Name, $"There is a rule '{rule.Id}' in this file already."));
        }
    }

    private static RuleConfig With(RuleConfig config, string key, YamlNode value) => key switch
    {
        "id" => config with { Id = Text(value, key) },
        "name" => config with { Name = Text(value, key) },
        "expr" => config with { Expr = Text(value, key) },
        "language" => config with { Language = Text(value, key) },
        "for" => config with { For = Text(value, key) },
        "keepFiringFor" => config with { KeepFiringFor = Text(value, key) },
        "clear" => config with { Clear = Text(value, key) },
        "steps" => config with { Steps = Text(value, key) },
        "record" => config with { Record = Text(value, key) },
        "interval" => config with { Interval = Text(value, key) },
        "annotations" => config with { Annotations = Texts(value, key) },
        "group" => config with { Group = Text(value, key) },
        "file" => config with { File = Text(value, key) },
        "severity" => config with { Severity = Text(value, key) },
        "channels" => config with { Channels = value is YamlSequenceNode list ? [.. list.Select(item => Text(item, key))] : throw new FormatException("'channels' is a list of names.") },
        "labels" => config with { Labels = Texts(value, key) },
        "message" => config with { Message = Text(value, key) },
        "paused" => config with { Paused = Flag(value, key) },
        "staleAfter" => config with { StaleAfter = Text(value, key) },
        "onMissing" => config with { OnMissing = Text(value, key) },
        "onNoData" => config with { OnNoData = Text(value, key) },
        "onError" => config with { OnError = Text(value, key) },
        "allowPartial" => config with { AllowPartial = Flag(value, key) },
        _ => throw new FormatException($"'{key}' is not a member of a rule: id, name, language, expr, for, keepFiringFor, clear, steps, record, interval, severity, channels, labels, annotations, group, file, message, paused, staleAfter, onMissing, onNoData, onError, allowPartial."),
    };

    internal static int LineOf(YamlNode node) => (int)Math.Max(1, node.Start.Line);

    internal static Dictionary<string, string> Texts(YamlNode value, string key) => value is YamlMappingNode map
        ? map.Children.Select(pair => (Name: Text(pair.Key, key), Value: Text(pair.Value, key))).DistinctBy(static pair => pair.Name, StringComparer.Ordinal)
            .ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal)
        : throw new FormatException($"'{key}' is a mapping of names to texts.");

    internal static string Text(YamlNode value, string key) =>
        value is YamlScalarNode scalar ? scalar.Value ?? "" : throw new FormatException($"'{key}' is a text.");

    private static bool Flag(YamlNode value, string key) =>
        bool.TryParse(Text(value, key), out var flag) ? flag : throw new FormatException($"'{key}' is true or false.");
}
