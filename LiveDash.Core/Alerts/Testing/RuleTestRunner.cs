using System.Globalization;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>
/// Runs unit tests of rules over points of their own, with the judge that runs them live: group by group at each interval, recording rules before those that read what they keep. Nothing of it
/// touches the store or the rules in force. Thread-safe: each run has states of its own.
/// </summary>
public sealed class RuleTestRunner(Limits limits, QueryLimits bounds, TimeProvider time)
{
    /// <summary>How many evaluations all tests of a file may take together.</summary>
    public const int MaxEvaluations = 200_000;

    /// <summary>How many failures a test tells.</summary>
    public const int MaxFailures = 50;

    private const string Elsewhere = "state() and within() cannot be tested: series of a test have numbers alone, neither states nor places.";

    /// <summary>Reads a file and runs its tests, all of it away from the caller's thread: a file of megabytes must not hold a circuit up.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="inForce">The rules in force, of which the file names some.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task<RuleTestOutcome> RunAsync(string text, RuleSet inForce, CancellationToken cancellationToken) =>
        Task.Run(() => RunAsync(RuleTestReader.Read(text, cancellationToken), inForce, cancellationToken), cancellationToken);

    /// <summary>Runs the tests of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="inForce">The rules in force, of which the file names some.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<RuleTestOutcome> RunAsync(RuleTestFile file, RuleSet inForce, CancellationToken cancellationToken)
    {
        var faults = file.Faults.ToList();
        var rules = Choose(file, inForce, faults);
        // As floating point: a whole number of steps of a tick over decades, times rules, passes any bound by overflow.
        var evaluations = file.Tests.Sum(test => Math.Floor(End(test) / (double)file.Interval) + 1 + test.Samples.Count) * Math.Max(1, rules.Count);
        if (evaluations > MaxEvaluations) faults.Add(new(1, null, $"The tests take {evaluations:N0} evaluations of rules; at most {MaxEvaluations:N0} are run. Use a longer evaluation_interval or fewer rules."));
        faults.AddRange(rules.Where(static rule => LooksElsewhere(rule.Judged!)).Select(static rule => new RuleFileFault(1, rule.Config.Name, Elsewhere)));
        faults.AddRange(file.Tests.SelectMany(static test => test.Samples.Where(static one => LooksElsewhere(one.Expr)).Select(one => new RuleFileFault(test.Line, null, $"{one.Text}: {Elsewhere}"))));
        if (faults.Count > 0) return new RuleTestOutcome([], faults);
        var verdicts = new List<RuleTestVerdict>();
        foreach (var test in file.Tests) verdicts.Add(await RunAsync(test, rules, file.Interval, cancellationToken).ConfigureAwait(false));
        return new RuleTestOutcome(verdicts, []);
    }

    private static List<RuleModel> Choose(RuleTestFile file, RuleSet inForce, List<RuleFileFault> faults)
    {
        var own = file.Rules.Select(static config => RuleReader.TryRead(config, out var rule, out _) ? rule : null).OfType<RuleModel>();
        var found = new List<RuleModel>(own);
        if (file.RuleFiles.Count == 0 && found.Count == 0)
        {
            // Of all rules in force those that cannot be tested stop no test that is about others.
            var named = file.Tests.SelectMany(static test => test.Alerts).Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);
            found.AddRange(inForce.Rules.Where(rule => rule.Judged is not { } tree || !LooksElsewhere(tree) || named.Contains(rule.Config.Name)));
        }

        foreach (var name in file.RuleFiles)
        {
            var of = inForce.Rules.Where(rule => rule.Config.File.Length > 0 && (rule.Config.File == name || rule.Config.File == Path.GetFileName(name))).ToList();
            if (of.Count == 0) faults.Add(new(1, null, $"No rule in force is of the file '{name}': import it under that name (POST /api/rules/import?file={Path.GetFileName(name)}), or put its groups into this file."));
            found.AddRange(of);
        }

        // Points of a test may be farther apart than a series may be quiet elsewhere.
        var lasting = found.Where(static rule => rule.Query is not null)
            .Select(static rule => RuleReader.TryRead(rule.Config with { StaleAfter = "3650d" }, out var read, out _) ? read : rule);
        return [.. lasting.Select(static (rule, i) => (rule, i)).OrderBy(pair => file.Order.ToList().IndexOf(pair.rule.Config.Group) is var at and >= 0 ? at : int.MaxValue).ThenBy(static pair => pair.i).Select(static pair => pair.rule)];
    }

    private static bool LooksElsewhere(QueryExpr expr) => expr is StateExpr or WindowExpr { Within: not null } || expr.Children.Any(LooksElsewhere);

    private static long End(RuleTest test) => test.Alerts.Select(static one => one.At).Concat(test.Samples.Select(static one => one.At)).DefaultIfEmpty().Max();

    private async Task<RuleTestVerdict> RunAsync(RuleTest test, List<RuleModel> rules, long interval, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var samples = new RuleTestSamples();
        var run = new RuleTestRun(new QueryEngine(samples, time), samples, rules, limits, bounds);
        try
        {
            foreach (var (labels, values) in test.Series)
            {
                for (var i = 0; i < values.Count; i++)
                {
                    if (values[i] is { } value) samples.Add(labels, At(i * test.Interval), value);
                }
            }

            for (long at = 0; at <= End(test); at += interval)
            {
                await run.StepAsync(At(at), cancellationToken).ConfigureAwait(false);
                // What fires at a moment is what the last evaluation before it found.
                foreach (var expected in test.Alerts.Where(one => one.At >= at && one.At < at + interval)) Compare(expected, run.Firing(expected.Name), failures);
            }

            foreach (var expected in test.Samples) Compare(expected, await run.AskAsync(expected.Expr, At(expected.At), cancellationToken).ConfigureAwait(false), failures);
        }
        catch (QueryException exception)
        {
            failures.Add(exception.Message);
        }

        return new RuleTestVerdict(test.Name, test.Line, failures.Count > MaxFailures ? [.. failures.Take(MaxFailures), $"and {failures.Count - MaxFailures:N0} more"] : failures);
    }

    private static void Compare(ExpectedAlerts expected, IReadOnlyList<(RuleModel Rule, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)> firing, List<string> failures)
    {
        var wanted = expected.Alerts.Select(one => Said(WithName(one.Labels, expected.Name), one.Annotations)).Order(StringComparer.Ordinal).ToList();
        var saysSeverity = expected.Alerts.Count == 0 || expected.Alerts.Any(static one => one.Labels.ContainsKey("severity"));
        // A rule whose file gives it no severity is a warning here, and has no such label there.
        var got = firing.Select(one => Said(!saysSeverity && one.Labels.GetValueOrDefault("severity") == "warning" ? one.Labels.Where(static pair => pair.Key != "severity") : one.Labels, one.Annotations)).Order(StringComparer.Ordinal).ToList();
        if (wanted.SequenceEqual(got)) return;
        failures.Add($"alertname: {expected.Name}, time: {Time(expected.At)}\n  expected: {Listed(wanted)}\n  got: {Listed(got)}");
    }

    private static void Compare(ExpectedSamples expected, IReadOnlyList<(LabelSet Labels, double Value)> found, List<string> failures)
    {
        var (wanted, got) = (Sorted(expected.Samples), Sorted(found));
        if (wanted.SequenceEqual(got)) return;
        failures.Add($"expr: {expected.Text}, time: {Time(expected.At)}\n  expected: {Listed(wanted.Select(Said))}\n  got: {Listed(got.Select(Said))}");

        static List<(LabelSet Labels, double Value)> Sorted(IEnumerable<(LabelSet Labels, double Value)> samples) => [.. samples.OrderBy(static one => one.Labels).ThenBy(static one => one.Value)];

        static string Said((LabelSet Labels, double Value) one) => string.Create(CultureInfo.InvariantCulture, $"{one.Labels} {one.Value:R}");
    }

    private static IEnumerable<KeyValuePair<string, string>> WithName(IReadOnlyDictionary<string, string> labels, string name) => labels.Where(static pair => pair.Key != "alertname").Append(new("alertname", name));

    private static string Said(IEnumerable<KeyValuePair<string, string>> labels, IReadOnlyDictionary<string, string> annotations) =>
        $"labels {Pairs(labels)}, annotations {Pairs(annotations)}";

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        "{" + string.Join(", ", pairs.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={ExprText.Quote(pair.Value)}")) + "}";

    private static string Listed(IEnumerable<string> all) => all.ToList() is { Count: > 0 } some ? string.Join("; ", some) : "nothing";

    private static string Time(long ticks) => ExprText.Duration(ticks);

    private static long At(long ticks) => DateTime.UnixEpoch.Ticks + ticks;
}
