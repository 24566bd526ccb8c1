using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>The rules of one test and what they have found so far. Time is an argument. Used by one test alone.</summary>
internal sealed class RuleTestRun
{
    private readonly QueryEngine _engine;
    private readonly RuleTestSamples _samples;
    private readonly IReadOnlyList<(RuleModel Rule, QueryRuleJudge? Judge, HashSet<LabelSet> Kept)> _rules;
    private readonly RuleTestLog _log = new();
    private readonly QueryLimits _bounds;

    public RuleTestRun(QueryEngine engine, RuleTestSamples samples, IReadOnlyList<RuleModel> rules, Limits limits, QueryLimits bounds)
    {
        (_engine, _samples, _bounds) = (engine, samples, bounds);
        var parts = new JudgeParts(new SeriesCatalog(limits), limits, new MeasureBoard(), new RuleStates(), _log);
        _rules = [.. rules.Select(rule => (rule, rule.Config.IsRecording ? null : new QueryRuleJudge(rule, parts, DateTime.UnixEpoch.Ticks), new HashSet<LabelSet>()))];
    }

    /// <summary>Evaluates all rules at a moment, in their order.</summary>
    /// <exception cref="QueryException">One of them has no answer.</exception>
    public async Task StepAsync(long at, CancellationToken cancellationToken)
    {
        foreach (var (rule, judge, kept) in _rules)
        {
            var result = await _engine.InstantAsync(rule.Judged!, at, _bounds, cancellationToken).ConfigureAwait(false);
            if (judge is not null) judge.Step(result, at, at);
            else Keep(rule, result, at, kept);
        }
    }

    /// <summary>The alerts of a name that fire.</summary>
    public IReadOnlyList<(RuleModel Rule, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)> Firing(string name) =>
    [
        .. _log.Open.Where(alert => alert.Rule.Config.Name == name)
            .Select(static alert => (alert.Rule, (IReadOnlyDictionary<string, string>)AlertLabels.Of(alert.Rule, alert.Series, alert.Severity), AlertLabels.Annotations(alert.Rule, alert.Series, alert.Live.Value))),
    ];

    /// <summary>What an expression yields.</summary>
    /// <exception cref="QueryException">It has no answer.</exception>
    public async Task<IReadOnlyList<(LabelSet Labels, double Value)>> AskAsync(QueryExpr expr, long at, CancellationToken cancellationToken) =>
        Samples(await _engine.InstantAsync(expr, at, _bounds, cancellationToken).ConfigureAwait(false));

    private static List<(LabelSet Labels, double Value)> Samples(QueryResult result) => result.Kind switch
    {
        ValueKind.Scalar => [(LabelSet.Empty, result.Scalar)],
        ValueKind.Vector => [.. result.Series.Select(static one => (one.Labels, one.Values.Span[^1]))],
        _ => throw new QueryException(QueryErrorKind.Execution, "An expression that is tested yields a scalar or an instant vector."),
    };

    // A label set that is gone ends its series, as in Prometheus.
    private void Keep(RuleModel rule, QueryResult result, long at, HashSet<LabelSet> before)
    {
        var now = new HashSet<LabelSet>();
        foreach (var (found, value) in Samples(result))
        {
            var labels = rule.Config.Labels.Aggregate(found, static (set, pair) => set.With(pair.Key, pair.Value)).With(LabelNames.Name, rule.Config.Record);
            if (!now.Add(labels)) throw new QueryException(QueryErrorKind.Execution, $"The rule '{rule.Config.Name}' yields the same labels twice: {labels}.");
            _samples.Add(labels, at, value);
        }

        foreach (var gone in before.Except(now)) _samples.Add(gone, at, SeriesNotation.Stale);
        before.Clear();
        before.UnionWith(now);
    }
}
