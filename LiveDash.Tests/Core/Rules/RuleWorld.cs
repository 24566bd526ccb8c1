using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Query;

namespace LiveDash.Tests.Core.Rules;

/// <summary>
/// Finds data on which a rule fires, and on which it does not: series that the rule's selectors match, with levels, slopes and steps about the numbers that stand in the rule, tried from a seed.
/// Times are seconds since 1970, from 0 on: off the grid of evaluations, since Prometheus 2.42 closes ranges on both sides.
/// </summary>
/// <param name="rule">An alert in PromQL.</param>
/// <param name="saysSeverity">True where its severity is a label of it in its file.</param>
internal sealed class RuleWorld(RuleModel rule, bool saysSeverity = true)
{
    /// <summary>How far points are apart, in seconds: a prime, so that they seldom lie where an evaluation or the edge of a range does.</summary>
    public int Apart { get; private set; }

    private const int Minute = 60;
    private static readonly int[] s_near = [7, 11, 13];
    private readonly List<(VectorSelector Selector, bool IsBucket)> _selectors = [];
    private readonly List<double> _numbers = [];
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly Random _random = new(rule.Config.Expr.Length);
    private long _reach;
    private bool _hangsOnOrder;
    private bool _asksTheTime;
    private int _begin;

    /// <summary>When rules are judged last, in seconds.</summary>
    public int End { get; private set; }

    /// <summary>The series tried last, each with its points; not a number where there is none.</summary>
    public List<(LabelSet Labels, double[] Values)> Series { get; private set; } = [];

    /// <summary>The alerts that fired at the end, of what was tried last.</summary>
    public List<(SeriesKey Series, double Value)> Firing { get; private set; } = [];

    /// <summary>Tries until the rule fires at the end, or does not; false where no data was found.</summary>
    public async Task<bool> FindAsync(bool fires, int tries)
    {
        if (_selectors.Count == 0) Look(rule.Query!, false);
        var hold = (int)rule.Expression.For.TotalMinutes;
        End = ((int)Math.Ceiling((_reach / TimeSpan.TicksPerMinute * 1.05) + hold) + 20) * Minute;
        // What is compared with an age lies days behind the begin: until then there is nothing.
        if (_asksTheTime) _begin = (int)Math.Min(_numbers.Where(static number => number is > 1 and < 2e6).Aggregate(1.2, static (product, number) => product * number), 15 * 86_400) / Minute * Minute;
        End += _begin;
        // Short ranges need more points, and none on their edges nor where an evaluation lies.
        Apart = _reach <= 2 * TimeSpan.TicksPerMinute ? s_near.FirstOrDefault(apart => Enumerable.Range(0, hold + 6).All(minute => (End - (minute * Minute)) % apart != 0), 17) : _reach <= 3 * TimeSpan.TicksPerHour ? 17 : 61;
        for (var i = 0; i < tries; i++)
        {
            Make(i);
            await JudgeAsync();
            if (_hangsOnOrder) continue;
            if (Firing.Count > 0 == fires && (fires || Series.Count > 0 || i > tries / 2)) return true;
        }

        return false;
    }

    private async Task JudgeAsync()
    {
        Firing = [];
        _hangsOnOrder = false;
        var samples = new QuerySamples();
        foreach (var (labels, values) in Series)
        {
            samples.With(new SeriesKey(labels.Name, labels.Pairs.Where(static pair => pair.Key != LabelNames.Name)).ToString(),
                [.. values.Select((value, i) => (i * (double)Apart, value)).Where(static point => !double.IsNaN(point.value))]);
        }

        var engine = new QueryEngine(samples, TimeProvider.System);
        var hold = (int)Math.Ceiling(rule.Expression.For.TotalMinutes) + 2;
        try
        {
            var last = await engine.InstantAsync(rule.Query!, QuerySamples.Ticks(End), new QueryLimits(), default);
            if (last is { Kind: ValueKind.Vector, Series.Count: 0 }) return;
            _hangsOnOrder = await HangsOnOrderAsync(engine, samples, last);
            if (_hangsOnOrder) return;
            var log = new PreviewLog(1_000);
            var judge = new QueryRuleJudge(rule, new JudgeParts(new SeriesCatalog(new Limits()), new Limits(), new MeasureBoard(), new RuleStates(), log), 0);
            var from = QuerySamples.Ticks(End - (hold * Minute));
            var result = await engine.RangeAsync(rule.Query!, from, QuerySamples.Ticks(End), TimeSpan.TicksPerMinute, new QueryLimits(), default);
            for (var i = 0; i <= hold; i++)
            {
                var at = from + (i * TimeSpan.TicksPerMinute);
                judge.Step(result.Series.Select(one => (one.Labels, At: one.Times.Span.IndexOf(at), one)).Where(static one => one.At >= 0).Select(static one => (one.Labels, one.one.Values.Span[one.At])), at, at);
            }

            Firing = [.. log.Open.Select(static open => (open.Series, open.Live.Value))];
        }
        catch (QueryException)
        {
            // Labels that do not go together: not the data that is looked for.
        }
    }

    // Prometheus adds up series as its index gives them, in another order at each run: where the last digit follows the order, there is no right answer to compare with.
    private async Task<bool> HangsOnOrderAsync(QueryEngine engine, QuerySamples samples, QueryResult expected)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            samples.Shuffle = new Random(seed);
            var other = await engine.InstantAsync(rule.Query!, QuerySamples.Ticks(End), new QueryLimits(), default);
            samples.Shuffle = null;
            if (!Values(other).SetEquals(Values(expected))) return true;
        }

        return false;

        static HashSet<(LabelSet, long)> Values(QueryResult result) => [.. result.Series.Select(static one => (one.Labels, BitConverter.DoubleToInt64Bits(one.Values.Span[^1])))];
    }

    private void Look(QueryExpr expr, bool isBucket)
    {
        switch (expr)
        {
            case VectorSelector selector:
                _selectors.Add((selector, isBucket));
                _reach += selector.Shift.Offset;
                break;
            case MatrixSelector matrix:
                _reach += matrix.Range;
                break;
            case SubqueryExpr subquery:
                _reach += subquery.Range;
                break;
            case NumberLiteral number:
                _numbers.Add(number.Value);
                break;
            case CallExpr { Function.Name: "time" }:
                _asksTheTime = true;
                break;
            case AggregateExpr { IsWithout: false } aggregate:
                _shared.UnionWith(aggregate.Labels.Where(static label => label != LabelNames.Bucket));
                break;
            case BinaryExpr { Matching: { } matching }:
                if (matching.IsOn) _shared.UnionWith(matching.Labels);
                _shared.UnionWith(matching.Include);
                break;
        }

        foreach (var child in expr.Children) Look(child, isBucket || expr is CallExpr { Function.Name: "histogram_quantile" });
    }

    private void Make(int attempt)
    {
        Series = [];
        var made = new HashSet<LabelSet>();
        var all = _selectors.SelectMany(static one => one.Selector.Matchers).Where(static matcher => matcher.Kind is MatchKind.Equal or MatchKind.Regex && matcher.Value.Length > 0).ToList();
        // Which labels series have that no rule asks for, whether all of them are steady, and alike.
        var isBare = _random.Next(6) == 0;
        var (hasInstance, hasJob) = (!isBare && _random.Next(5) > 0, !isBare && _random.Next(5) > 0);
        var (isSteady, isAlike, common) = (_random.Next(3) == 0, _random.Next(6) == 0, _random.Next());
        foreach (var (selector, isBucket) in _selectors)
        {
            var differing = _shared.Where(_ => _random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
            var copies = _random.Next(4) == 0 ? 3 : 1;
            var isMissing = _random.Next(8) == 0 && attempt > 3;
            var shape = isAlike ? common : _random.Next();
            var spreads = _random.Next(2) == 0;
            // Most of what falls above the last bound, or within it.
            var largest = _numbers.Where(double.IsFinite).Append(1).Max() * 2;
            string[] bounds = ["0.001", "0.01", largest.ToString("R", CultureInfo.InvariantCulture), "+Inf"];
            var takesAll = _random.Next(3) == 0;
            for (var copy = 0; copy < copies && !isMissing; copy++)
            {
                var labels = new Dictionary<string, string>(StringComparer.Ordinal);
                if (hasInstance) labels["instance"] = "i" + copy;
                if (hasJob) labels["job"] = "j";
                foreach (var label in _shared) labels[label] = !spreads || differing.Contains(label) ? "v" + copy : "v";
                if (takesAll)
                {
                    foreach (var matcher in all) labels[matcher.Label] = Text(matcher);
                }

                labels.Remove(LabelNames.Name);
                foreach (var matcher in selector.AllMatchers.OrderBy(static one => one.Kind is MatchKind.NotEqual or MatchKind.NotRegex))
                {
                    var known = labels.GetValueOrDefault(matcher.Label, "");
                    labels[matcher.Label] = matcher.Matches(known) && (known.Length > 0 || matcher.Label != LabelNames.Name) ? known : Text(matcher);
                }

                if (selector.Matchers.FirstOrDefault(static one => one.Label == "instance") is null && copies > 1) labels["instance"] = "i" + copy;
                foreach (var le in isBucket ? bounds : new[] { "" })
                {
                    if (isBucket) labels["le"] = le;
                    var set = LabelSet.Of(labels);
                    if (selector.AllMatchers.All(matcher => matcher.Matches(set[matcher.Label])) && made.Add(set)) Series.Add((set, Values(shape + (spreads ? copy * 7919 : 0), isSteady, isBucket ? le : "")));
                }
            }
        }
    }

    private double[] Values(int shape, bool isSteady, string le)
    {
        var random = new Random(shape);
        var values = new double[(End / Apart) + 1];
        var level = Level(random);
        var slope = random.Next(3) == 0 ? Level(random) / Minute : Level(random);
        var kind = isSteady ? 0 : random.Next(10);
        var change = End - (random.Next(3) switch { 0 => 3, 1 => 30, _ => (int)rule.Expression.For.TotalMinutes + 4 }) * Minute;
        for (var i = 0; i < values.Length; i++)
        {
            double at = i * Apart;
            values[i] = kind switch
            {
                0 or 1 => level,
                2 => Math.Abs(slope) * (at - _begin),
                3 => i % 2 == 0 ? level : level + Math.Abs(slope) + 1,
                4 => at > End - (10 * Minute) ? level : level + Level(random),
                5 => at < End - (25 * Minute) ? level : double.NaN,
                6 => Math.Max(0, Math.Abs(level) - (Math.Abs(slope) * (at - _begin))),
                8 => at < change ? Math.Abs(level) + 1 : 0,
                9 => at < change ? level : level + 1,
                _ => at < _begin + ((End - _begin) / 2) ? 0 : level,
            };
            if (at < _begin) values[i] = double.NaN;
            else if (le.Length > 0) values[i] = (le == "+Inf" ? 100 : shape % 3 == 0 ? 100 : 1) * i;
        }

        return values;
    }

    // About the numbers of the rule, and some that stand for shares, counts, bytes and times.
    private double Level(Random random)
    {
        double[] usual = [0, 1, 2, 0.5, 0.02, 99, 10, 1_000, 1e7, 1e12, -1, End, End - 86_400, End + 3_600, End - 700, End + (20 * 86_400)];
        if (_numbers.Count == 0 || random.Next(2) == 0) return usual[random.Next(usual.Length)];
        var number = _numbers[random.Next(_numbers.Count)];
        return random.Next(8) switch { 0 => number, 1 => number + 1, 2 => number - 1, 3 => number * 2, 4 => number / 2, 5 => number * _numbers[random.Next(_numbers.Count)] * 1.05, 6 => number * 0.95, _ => number * 1.0001 };
    }

    // A text that a matcher lets through: of a pattern, one of its alternatives with its wildcards filled.
    private static string Text(LabelMatcher matcher)
    {
        if (matcher.Kind == MatchKind.Equal) return matcher.Value;
        foreach (var part in matcher.Value.Replace("?:", "", StringComparison.Ordinal).Trim('^', '$', '(', ')').Split('|').Append(matcher.Value))
        {
            foreach (var fill in (string[])["x", "5", "a1", ""])
            {
                var text = part.Replace(".*", fill, StringComparison.Ordinal).Replace(".+", fill, StringComparison.Ordinal).Replace("\\d+", "5", StringComparison.Ordinal).Replace("[0-9]+", "5", StringComparison.Ordinal).Replace("[0-9]", "5", StringComparison.Ordinal)
                    .Replace("..", "00", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
                if (matcher.Matches(text)) return text;
            }
        }

        return matcher.Matches("other") ? "other" : "";
    }

    /// <summary>The rule with the data tried last as a unit test of promtool, that expects what was found.</summary>
    /// <param name="rulesFile">The rule's file.</param>
    public string Test(string rulesFile)
    {
        var text = new StringBuilder($"rule_files: [{Quote(rulesFile)}]\nevaluation_interval: 1m\ntests:\n  - interval: {Apart}s\n    input_series:\n");
        if (Series.Count == 0) text.Length -= "    input_series:\n".Length;
        foreach (var line in Inputs()) text.Append(line).Append('\n');
        text.Append($"    alert_rule_test:\n      - eval_time: {End}s\n        alertname: {Quote(rule.Config.Name)}\n");
        if (Firing.Count > 0) text.Append("        exp_alerts:\n");
        foreach (var (series, value) in Firing)
        {
            var labels = AlertLabels.Of(rule, series, rule.Severity);
            labels.Remove("alertname");
            if (!rule.Config.Labels.ContainsKey("severity") && !saysSeverity) labels.Remove("severity");
            text.Append($"          - exp_labels: {{{string.Join(", ", labels.Select(static pair => Quote(pair.Key) + ": " + Quote(pair.Value)))}}}\n");
            text.Append($"            exp_annotations: {{{string.Join(", ", AlertLabels.Annotations(rule, series, value).Select(static pair => Quote(pair.Key) + ": " + JsonSerializer.Serialize(pair.Value)))}}}\n");
        }

        return text.ToString();
    }

    /// <summary>The series tried last as promtool's unit tests take them.</summary>
    private IEnumerable<string> Inputs()
    {
        foreach (var (labels, values) in Series)
        {
            yield return $"      - series: {Quote(labels.ToString())}";
            yield return "        values: " + Quote(string.Join(' ', values.Select(static value => double.IsNaN(value) ? "_" : value.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
