using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Evaluates the rules in PromQL: each soon after a series that it looks at sent points, and once a second for what only time changes; one that takes long is left alone for ten times as long,
/// so that no rule keeps a core busy. What recording rules yield goes the way of all points. <see cref="StepAsync"/> and the others are for one caller at a time, but for <see cref="Configure"/>.
/// </summary>
public sealed class QueryRules
{
    /// <summary>Between two evaluations of a rule whose series send points.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private static readonly long s_tick = TimeSpan.TicksPerSecond;
    private static readonly long s_gap = TimeSpan.FromSeconds(10).Ticks;
    private readonly QueryEngine _engine;
    private readonly JudgeParts _parts;
    private readonly QueryInputs _inputs;
    private readonly QueryLimits _limits;
    private readonly TimeProvider _time;
    private readonly DerivedSeries _derived;
    private readonly Lock _gate = new();
    private IReadOnlyList<RuleModel>? _next;
    private List<Judged> _rules = [];
    private bool[] _marks = [];
    private long _last;

    internal QueryRules(QueryEngine engine, JudgeParts parts, QueryInputs inputs, DerivedSeries derived, QueryLimits limits, TimeProvider time) =>
        (_engine, _parts, _inputs, _derived, _limits, _time) = (engine, parts, inputs, derived, limits, time);

    /// <summary>Swaps the rules; done before the next evaluation.</summary>
    public void Configure(RuleSet rules)
    {
        lock (_gate)
        {
            _next = [.. rules.Rules.Where(static rule => rule.Query is not null)];
        }
    }

    /// <summary>Makes the judges of the rules at once, so that what is remembered of their alerts is taken up.</summary>
    public void Begin() => Apply(_time.GetUtcNow().UtcTicks);

    /// <summary>Evaluates the rules that are due.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcTicks;
        if (_last != 0 && (now < _last || now - _last > s_gap))
        {
            foreach (var rule in _rules)
            {
                rule.Judge?.Skip(isBack: now < _last);
                rule.NotBefore = 0;
            }
        }

        _last = now;
        Apply(now);
        _inputs.Take(_marks);
        for (var i = 0; i < _rules.Count; i++)
        {
            var rule = _rules[i];
            var isDue = rule.Judge is null ? now - rule.At >= rule.Model.Interval.Ticks : _marks[i] || now - rule.At >= s_tick;
            if (!isDue || now < rule.NotBefore) continue;
            _marks[i] = false;
            await EvaluateAsync(rule, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the log how far clocks have run.</summary>
    public void Remember(bool isAll)
    {
        foreach (var rule in _rules) rule.Judge?.Remember(isAll);
    }

    private async Task EvaluateAsync(Judged rule, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var at = _time.GetUtcNow().UtcTicks;
        rule.At = at;
        try
        {
            var result = await _engine.InstantAsync(rule.Model.Query!, at, _limits, cancellationToken).ConfigureAwait(false);
            if (rule.Judge is { } judge) judge.Step(result, at, at);
            else _derived.Keep(rule.Model, result, at);
            _parts.States[rule.Model.Id].LastError = null;
        }
        catch (QueryException e)
        {
            if (rule.Judge is { } judge) judge.Fail(e.Message, at, at);
            _parts.States[rule.Model.Id].LastError = e.Message;
        }

        var took = _time.GetElapsedTime(begun).Ticks;
        _parts.States[rule.Model.Id].Evaluated = (at, took);
        rule.NotBefore = at + (10 * took);
    }

    private void Apply(long now)
    {
        IReadOnlyList<RuleModel>? next;
        lock (_gate)
        {
            (next, _next) = (_next, null);
        }

        if (next is null) return;
        var before = _rules.ToDictionary(static one => one.Model.Id, StringComparer.Ordinal);
        var rules = new List<Judged>();
        foreach (var model in next.Where(static rule => !rule.Config.Paused))
        {
            if (before.Remove(model.Id, out var known) && known.Model.Meaning == model.Meaning)
            {
                known.Model = model;
                if (known.Judge is { } judge) judge.Rule = model;
                rules.Add(known);
                continue;
            }

            known?.Judge?.Close("edited", now);
            rules.Add(new Judged(model, model.Config.IsRecording ? null : new QueryRuleJudge(model, _parts, now)));
        }

        foreach (var gone in before.Values) gone.Judge?.Close(next.Any(rule => rule.Id == gone.Model.Id) ? "paused" : "deleted", now);
        _rules = rules;
        _marks = new bool[rules.Count];
        _inputs.Configure([.. rules.Select(static rule => rule.Model)]);
    }

    private sealed class Judged(RuleModel model, QueryRuleJudge? judge)
    {
        public RuleModel Model { get; set; } = model;

        public QueryRuleJudge? Judge => judge;

        // When it was evaluated last, and before when it is not evaluated again; UTC ticks.
        public long At { get; set; }

        public long NotBefore { get; set; }
    }
}
