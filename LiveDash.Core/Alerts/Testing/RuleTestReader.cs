using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>Reads files of unit tests. Every fault names its line. Stateless, so safe on any thread.</summary>
public static class RuleTestReader
{
    /// <summary>How many tests a file may have.</summary>
    public const int MaxTests = 1_000;

    // Some 32 years: what lies further on is none that a clock of ticks is sure to hold.
    private const double MostSeconds = 1e9;

    private static readonly string[] s_root = ["rule_files", "evaluation_interval", "group_eval_order", "tests", "groups"];
    private static readonly string[] s_test = ["interval", "name", "input_series", "alert_rule_test", "promql_expr_test", "external_labels", "external_url"];

    /// <summary>Reads a file; takes no longer than its length asks for, whatever it holds.</summary>
    /// <param name="text">The file, of <see cref="RuleFileReader.MaxLength"/> characters at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static RuleTestFile Read(string text, CancellationToken cancellationToken)
    {
        if (text.Length > RuleFileReader.MaxLength) return Faulty(1, $"A test file has at most {RuleFileReader.MaxLength:N0} characters.");
        try
        {
            var stream = new YamlStream();
            stream.Load(new BoundedYaml(new StringReader(text), cancellationToken));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }]) return Faulty(1, "A test file is one mapping with a list 'tests'.");
            return Read(root, text, cancellationToken);
        }
        catch (YamlException exception)
        {
            return Faulty((int)exception.Start.Line, $"It is no YAML: {exception.Message}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the library's scanner and its tree say of some texts that are no YAML.
            return Faulty(1, $"It is no YAML: {exception.Message}");
        }
    }

    private static RuleTestFile Read(YamlMappingNode root, string text, CancellationToken cancellationToken)
    {
        var faults = new List<RuleFileFault>();
        var tests = new List<RuleTest>();
        AllowOnly(root, s_root, faults);
        var interval = Time(root, "evaluation_interval", TimeSpan.TicksPerMinute, faults);
        if (Find(root, "tests") is not YamlSequenceNode list) faults.Add(new(RuleFileReader.LineOf(root), null, "'tests' is a list."));
        else if (list.Children.Count > MaxTests) faults.Add(new(RuleFileReader.LineOf(list), null, $"A file has at most {MaxTests:N0} tests."));
        else tests.AddRange(ReadTests(root, interval, faults, cancellationToken));
        var rules = root.Children.ContainsKey("groups") ? RuleFileReader.Read(text, cancellationToken) : new RuleFileContent([], []);
        faults.AddRange(rules.Faults.Where(static fault => !fault.IsNote));
        return new RuleTestFile(Texts(root, "rule_files", faults), rules.Rules, interval, Texts(root, "group_eval_order", faults), tests, faults);
    }

    private static IEnumerable<RuleTest> ReadTests(YamlMappingNode root, long interval, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        var left = SeriesNotation.MaxOfFile;
        foreach (var node in Rows(root, "tests", faults))
        {
            var test = ReadTest(node, interval, left, faults, cancellationToken);
            left -= test.Series.Sum(static one => one.Values.Count);
            yield return test;
        }
    }

    private static RuleTest ReadTest(YamlMappingNode node, long usual, int left, List<RuleFileFault> faults, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AllowOnly(node, s_test, faults);
        var interval = Time(node, "interval", usual, faults);
        var series = new List<(LabelSet, IReadOnlyList<double?>)>();
        foreach (var one in Rows(node, "input_series", faults))
        {
            Try(one, faults, () =>
            {
                series.Add((SeriesNotation.Labels(Text(one, "series")), SeriesNotation.Values(Text(one, "values"), left)));
                var count = series[^1].Item2.Count;
                left -= count;
                if (count * (double)interval > MostSeconds * TimeSpan.TicksPerSecond) throw new FormatException("The values reach further than 1,000,000,000 seconds; give fewer, or a shorter 'interval'.");
            });
        }

        var alerts = new List<ExpectedAlerts>();
        foreach (var one in Rows(node, "alert_rule_test", faults)) Try(one, faults, () => alerts.Add(ReadAlerts(one, faults)));
        var samples = new List<ExpectedSamples>();
        foreach (var one in Rows(node, "promql_expr_test", faults)) Try(one, faults, () => samples.Add(ReadSamples(one, faults)));
        var name = (Find(node, "name") as YamlScalarNode)?.Value ?? "";
        return new RuleTest(name, RuleFileReader.LineOf(node), interval, series, alerts, samples);
    }

    private static ExpectedAlerts ReadAlerts(YamlMappingNode node, List<RuleFileFault> faults) => new(
        Moment(Text(node, "eval_time"), "eval_time"), Text(node, "alertname"),
        [.. Rows(node, "exp_alerts", faults).Select(static one => ((IReadOnlyDictionary<string, string>)Labels(one, "exp_labels"), (IReadOnlyDictionary<string, string>)Labels(one, "exp_annotations")))]);

    private static ExpectedSamples ReadSamples(YamlMappingNode node, List<RuleFileFault> faults)
    {
        var text = Text(node, "expr");
        if (!PromQuery.TryParse(text, out var expr, out var found)) throw new FormatException($"expr, at character {found[0].Position + 1}: {found[0].Message}");
        var samples = Rows(node, "exp_samples", faults).Select(static one => (SeriesNotation.Labels(Optional(one, "labels")), SeriesNotation.Values(Text(one, "value")) is [{ } value] ? value : throw new FormatException("'value' is one number."))).ToList();
        return new ExpectedSamples(Moment(Text(node, "eval_time"), "eval_time"), text, expr, samples);
    }

    private static RuleTestFile Faulty(int line, string detail) => new([], [], TimeSpan.TicksPerMinute, [], [], [new(Math.Max(1, line), null, detail)]);

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) && value is not YamlScalarNode { Value: null or "" or "null" or "~", Style: ScalarStyle.Plain } ? value : null;

    private static IEnumerable<YamlMappingNode> Rows(YamlMappingNode node, string key, List<RuleFileFault> faults)
    {
        if (Find(node, key) is not { } value) yield break;
        if (value is not YamlSequenceNode list)
        {
            faults.Add(new(RuleFileReader.LineOf(value), null, $"'{key}' is a list."));
            yield break;
        }

        foreach (var one in list)
        {
            if (one is YamlMappingNode map) yield return map;
            else faults.Add(new(RuleFileReader.LineOf(one), null, $"'{key}' is a list of mappings."));
        }
    }

    private static IReadOnlyList<string> Texts(YamlMappingNode node, string key, List<RuleFileFault> faults)
    {
        if (Find(node, key) is not { } value) return [];
        if (value is YamlSequenceNode list && list.All(static one => one is YamlScalarNode)) return [.. list.Select(static one => ((YamlScalarNode)one).Value ?? "")];
        faults.Add(new(RuleFileReader.LineOf(value), null, $"'{key}' is a list of names."));
        return [];
    }

    private static Dictionary<string, string> Labels(YamlMappingNode node, string key) => Find(node, key) is { } value ? RuleFileReader.Texts(value, key) : [];

    private static string Text(YamlMappingNode node, string key) => Find(node, key) is { } value ? RuleFileReader.Text(value, key) : throw new FormatException($"'{key}' is missing.");

    private static string Optional(YamlMappingNode node, string key) => Find(node, key) is { } value ? RuleFileReader.Text(value, key) : "";

    private static long Time(YamlMappingNode node, string key, long usual, List<RuleFileFault> faults)
    {
        var time = usual;
        if (Find(node, key) is { } value)
        {
            Try(node, faults, () =>
            {
                time = Moment(RuleFileReader.Text(value, key), key);
                if (time == 0) throw new FormatException($"'{key}' is more than 0.");
            });
        }

        return time;
    }

    // Durations are numbers of seconds in expressions too.
    private static long Moment(string text, string key) =>
        PromQuery.TryParse(text, out var expr, out _) && expr is NumberLiteral { Value: >= 0 and < MostSeconds } literal ? (long)Math.Round(literal.Value * TimeSpan.TicksPerSecond) : throw new FormatException($"'{key}' is a duration such as 5m.");

    private static void AllowOnly(YamlMappingNode node, string[] keys, List<RuleFileFault> faults)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !keys.Contains(key.Value))) faults.Add(new(RuleFileReader.LineOf(key), null, $"'{key.Value}' is none of {string.Join(", ", keys)}."));
    }

    private static void Try(YamlNode node, List<RuleFileFault> faults, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException exception)
        {
            faults.Add(new(RuleFileReader.LineOf(node), null, exception.Message));
        }
    }
}
