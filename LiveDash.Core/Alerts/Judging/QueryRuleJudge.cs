using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Judges a rule in PromQL by what its expression yields: each label set is an alert, which begins when it comes and ends when it is gone. Time is an argument. Used by one loop alone.
/// </summary>
internal sealed class QueryRuleJudge
{
    private readonly JudgeParts _parts;
    private readonly RuleState _state;

    // By the series' text; bounded by Limits.MaxAlertsPerRule.
    private readonly Dictionary<string, (AlertInstance Alert, ToldJudgement Told)> _alerts = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly QueryThreshold? _threshold;
    private RuleModel _rule;

    /// <summary>Makes one; alerts of the rule that are remembered from before the start go on.</summary>
    /// <param name="rule">A rule in PromQL that alerts.</param>
    /// <param name="parts">What judges share.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public QueryRuleJudge(RuleModel rule, JudgeParts parts, long now)
    {
        (_rule, _parts, _state) = (rule, parts, parts.States[rule.Id]);
        _name = NameOf(rule.Query!) ?? "expression";
        // Only where it is over at another threshold is anything found that does not breach.
        _threshold = rule.Expression.Clear is null ? null : (rule.Driver as QueryCondition)?.Threshold;
        foreach (var text in parts.Log.RecallSeries(rule.Id))
        {
            if (!SeriesKey.TryParse(text, out var key)) continue;
            // Whatever the bound is now.
            _state.TryAddInstance(int.MaxValue);
            Add(key!, text, now);
        }
    }

    /// <summary>The rule; a change that keeps its meaning is taken over without touching the state.</summary>
    public RuleModel Rule
    {
        get => _rule;
        set
        {
            _rule = value;
            foreach (var (alert, _) in _alerts.Values) alert.Rule = value;
        }
    }

    /// <summary>How many alerts it has.</summary>
    public int Count => _alerts.Count;

    /// <summary>Takes what the expression yields.</summary>
    /// <param name="result">The answer at a moment.</param>
    /// <param name="ticks">That moment in UTC ticks.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void Step(QueryResult result, long ticks, long now) => Step(
        result.Kind == ValueKind.Scalar ? [(LabelSet.Empty, result.Scalar)] : result.Series.Select(static one => (one.Labels, one.Values.Span[^1])), ticks, now);

    /// <summary>Takes the label sets that there are at a moment, each with its value.</summary>
    public void Step(IEnumerable<(LabelSet Labels, double Value)> found, long ticks, long now)
    {
        _state.LastError = null;
        foreach (var (_, told) in _alerts.Values) told.Tell(new Judgement(AlertInput.Clear, double.NaN));
        foreach (var (labels, value) in found)
        {
            var key = KeyOf(labels);
            var text = key.ToString();
            var breaches = _threshold is null || _threshold.Comparator.Holds(value, _threshold.Value);
            if (!_alerts.TryGetValue(text, out var one) && (!breaches || !TryAdd(key, text, now, out one))) continue;
            one.Told.Tell(new Judgement(breaches ? AlertInput.Breach : AlertInput.Band, value));
        }

        JudgeAll(ticks, now);
    }

    /// <summary>The expression could not be evaluated.</summary>
    public void Fail(string fault, long ticks, long now)
    {
        _state.LastError = fault;
        foreach (var (_, told) in _alerts.Values) told.Fail(fault);
        JudgeAll(ticks, now);
    }

    /// <summary>Ends it with what is open.</summary>
    public void Close(string reason, long now)
    {
        foreach (var (alert, _) in _alerts.Values)
        {
            alert.Close(reason, now, now);
            alert.Leave();
        }

        _alerts.Clear();
    }

    /// <summary>Tells the log how far clocks have run.</summary>
    public void Remember(bool isAll)
    {
        foreach (var (alert, _) in _alerts.Values) alert.Remember(isAll);
    }

    /// <summary>The clock was set, or has stood.</summary>
    public void Skip(bool isBack)
    {
        foreach (var (alert, _) in _alerts.Values) alert.Skip(isBack);
    }

    private void JudgeAll(long ticks, long now)
    {
        foreach (var (text, (alert, _)) in _alerts)
        {
            alert.Judge(ticks, now);
            if (!alert.IsInactive) continue;
            alert.Leave();
            // Removing what an enumeration stands on is allowed.
            _alerts.Remove(text);
        }
    }

    // A label that is no tag's key is none of ours; the name is kept where the expression keeps it, else the first selector's stands for it.
    private SeriesKey KeyOf(LabelSet labels) => new(labels.Name is { Length: > 0 } name ? name : _name, labels.Pairs.Where(static pair => pair.Key != LabelNames.Name));

    private bool TryAdd(SeriesKey key, string text, long now, out (AlertInstance Alert, ToldJudgement Told) added)
    {
        added = default;
        if (!_state.TryAddInstance(_parts.Limits.MaxAlertsPerRule)) return false;
        added = Add(key, text, now);
        return true;
    }

    private (AlertInstance Alert, ToldJudgement Told) Add(SeriesKey key, string text, long now)
    {
        var told = new ToldJudgement();
        var alert = new AlertInstance(_rule, _state, key, BoundCondition.Told((QueryCondition)_rule.Driver, told), _parts.Log, now);
        alert.Freshen();
        return _alerts[text] = (alert, told);
    }

    private static string? NameOf(QueryExpr expr)
    {
        if (expr is VectorSelector { Name: { } name }) return name;
        if (expr is SeriesExpr series && SeriesKey.TryParse(series.Series, out var key) && !key!.Name.AsSpan().ContainsAny('*', '?')) return key.Name;
        foreach (var child in expr.Children)
        {
            if (NameOf(child) is { } found) return found;
        }

        return null;
    }
}
