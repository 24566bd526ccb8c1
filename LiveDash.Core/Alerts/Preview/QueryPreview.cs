using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>
/// Runs a rule in PromQL over stored history: the expression at steps of a second or more, at most some 5,000 of them where a minute suffices, judged as it is live. Thread-safe: each run has states of its own.
/// </summary>
internal sealed class QueryPreview(QueryEngine engine, QueryLimits bounds, Limits limits, SeriesCatalog catalog)
{
    private const int UsualSteps = 5_000;
    private const int StepsAtOnce = 2_000;

    /// <summary>Runs a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="range">The history, half-open.</param>
    /// <param name="columns">How many columns the values are drawn in; 0 for none.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="QueryException">It has no answer, or passed a bound.</exception>
    public async Task<PreviewResult> RunAsync(RuleModel rule, TimeRange range, int columns, Action<double>? progress, CancellationToken cancellationToken)
    {
        var log = new PreviewLog(RulePreview.MaxEpisodes);
        var judge = new QueryRuleJudge(rule, new JudgeParts(catalog, limits, new MeasureBoard(), new RuleStates(), log), range.From);
        var step = Math.Clamp((range.To - range.From) / UsualSteps, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute);
        var drawn = new Dictionary<LabelSet, ChartColumns>();
        var labels = new HashSet<LabelSet>();
        // Where there is a threshold, all values are drawn, and those beyond it are judged.
        var threshold = (rule.Driver as QueryCondition)?.Threshold;
        var expr = threshold?.Vector ?? rule.Judged!;
        long points = 0;
        // The last step is the end itself: what has just come counts.
        for (var from = range.To - ((range.To - range.From) / step * step); from <= range.To; from += step * StepsAtOnce)
        {
            var to = Math.Min(range.To, from + (step * (StepsAtOnce - 1)));
            var result = await engine.RangeAsync(expr, from, to, step, bounds, cancellationToken).ConfigureAwait(false);
            points += result.Use.Points;
            Judge(judge, result, from, to, step, value => threshold?.Comparator.Holds(value, rule.Expression.Clear ?? threshold.Value) ?? true);
            foreach (var one in result.Series)
            {
                labels.Add(one.Labels);
                Draw(drawn, one, range, columns);
            }

            progress?.Invoke((to - range.From) / (double)(range.To - range.From));
        }

        progress?.Invoke(1);
        var (episodes, total) = log.End(range.To);
        return new PreviewResult(points, labels.Count, TimeSpan.Zero, episodes, total)
        {
            Summaries = engine.FindSummaries(rule.Judged!, range),
            Lines = [.. drawn.Select(static pair => Line(pair.Key, pair.Value)).OrderBy(static line => line.Series, StringComparer.Ordinal)],
        };
    }

    private static void Judge(QueryRuleJudge judge, QueryResult result, long from, long to, long step, Func<double, bool> isFound)
    {
        var places = new int[result.Series.Count];
        for (var at = from; at <= to; at += step)
        {
            var now = at;
            judge.Step(Now(result.Series, places, now).Where(one => isFound(one.Value)), now, now);
        }
    }

    private static IEnumerable<(LabelSet Labels, double Value)> Now(IReadOnlyList<QueryPoints> series, int[] places, long at)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (places[i] >= series[i].Times.Length || series[i].Times.Span[places[i]] != at) continue;
            yield return (series[i].Labels, series[i].Values.Span[places[i]++]);
        }
    }

    private static void Draw(Dictionary<LabelSet, ChartColumns> drawn, QueryPoints one, TimeRange range, int columns)
    {
        if (columns == 0 || (drawn.Count >= PreviewTrace.MaxLines && !drawn.ContainsKey(one.Labels))) return;
        if (!drawn.TryGetValue(one.Labels, out var chart)) drawn[one.Labels] = chart = new ChartColumns(Math.Max(1, (range.To - range.From) / columns), columns + 1);
        for (var i = 0; i < one.Times.Length; i++)
        {
            if (double.IsFinite(one.Values.Span[i])) chart.Add(one.Times.Span[i], one.Values.Span[i]);
        }
    }

    private static PreviewLine Line(LabelSet labels, ChartColumns chart)
    {
        var found = new List<ChartColumn>();
        chart.CopySince(0, found);
        return new PreviewLine(labels.ToString(), found);
    }
}
