using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Judges the rules in PromQL: each by a live expression, that is soon after a series that it looks at sent points, and once a second for what only time changes. What a live expression cannot hold
/// (<see cref="MaxPoints"/>, <see cref="MaxHeld"/>), and a rule whose expression is still reading its past, is evaluated from the store at the same pace; there one that takes long is left alone for ten
/// times as long, so that no rule keeps a core busy. What recording rules yield goes the way of all points. <see cref="StepAsync"/> and the others are for one caller at a time, but for <see cref="Configure"/>.
/// </summary>
public sealed class QueryRules
{
    /// <summary>Between two evaluations of a rule whose series send points.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>How many points the live expression of one rule holds at most, 16 bytes each; a rule that needs more is evaluated from the store.</summary>
    public const long MaxPoints = 200_000;

    /// <summary>How many those of all rules hold together at most: 160 MB; where there are more, those that hold the most go to the store.</summary>
    public const long MaxHeld = 10_000_000;

    private static readonly long s_tick = TimeSpan.TicksPerSecond;
    private static readonly long s_gap = TimeSpan.FromSeconds(10).Ticks;
    private readonly QueryEngine _engine;
    private readonly LiveQueries _live;
    private readonly JudgeParts _parts;
    private readonly QueryInputs _inputs;
    private readonly QueryLimits _limits;
    private readonly TimeProvider _time;
    private readonly DerivedSeries _derived;
    private readonly Lock _gate = new();
    private IReadOnlyList<RuleModel>? _next;
    private List<JudgedQuery> _rules = [];
    private bool[] _marks = [];
    private long _last;
    private long _weighed;

    internal QueryRules(QueryEngine engine, LiveQueries live, JudgeParts parts, QueryInputs inputs, DerivedSeries derived, QueryLimits limits, TimeProvider time) =>
        (_engine, _live, _parts, _inputs, _derived, _limits, _time) = (engine, live, parts, inputs, derived, limits, time);

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
            if (rule.IsLive && TakeLive(rule)) continue;
            var isDue = rule.Judge is null ? now - rule.At >= rule.Model.Interval.Ticks : _marks[i] || now - rule.At >= s_tick;
            if (!isDue || now < rule.NotBefore) continue;
            _marks[i] = false;
            await EvaluateAsync(rule, cancellationToken).ConfigureAwait(false);
        }

        Weigh(now);
    }

    /// <summary>How many rules are judged by live expressions.</summary>
    public int Live => _rules.Count(static rule => rule.IsLive);

    /// <summary>Tells the log how far clocks have run.</summary>
    public void Remember(bool isAll)
    {
        foreach (var rule in _rules) rule.Judge?.Remember(isAll);
    }

    // False where the live expression cannot hold what the rule looks at, and the store is asked from now on.
    private bool TakeLive(JudgedQuery rule)
    {
        if (!rule.TryRead(out var update)) return true;
        if (update.Fault is { Kind: QueryErrorKind.Limit })
        {
            rule.Leave();
            return false;
        }

        // The store has answered of a later moment before the expression had read its past.
        if (update.At < rule.At) return true;
        rule.At = update.At;
        if (update.Result is { } result) rule.Judge!.Step(result, update.At, update.At);
        else rule.Judge!.Fail(update.Fault!.Message, update.At, update.At);
        Note(rule, update.Fault, update.At, update.Took);
        return true;
    }

    private void Weigh(long now)
    {
        if (now - _weighed < s_tick && now >= _weighed) return;
        _weighed = now;
        var held = _rules.Sum(static rule => rule.Held);
        while (held > MaxHeld && _rules.MaxBy(static rule => rule.Held) is { Held: > 0 } largest)
        {
            held -= largest.Held;
            largest.Leave();
        }
    }

    private void Note(JudgedQuery rule, QueryException? fault, long at, long took)
    {
        var state = _parts.States[rule.Model.Id];
        state.LastError = fault?.Message;
        state.Evaluated = (at, took);
    }

    private async Task EvaluateAsync(JudgedQuery rule, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var at = _time.GetUtcNow().UtcTicks;
        rule.At = at;
        QueryException? fault = null;
        try
        {
            var result = await _engine.InstantAsync(rule.Model.Judged!, at, _limits, cancellationToken).ConfigureAwait(false);
            if (rule.Judge is { } judge) judge.Step(result, at, at);
            else _derived.Keep(rule.Model, result, at);
        }
        catch (QueryException e)
        {
            fault = e;
            if (rule.Judge is { } judge) judge.Fail(e.Message, at, at);
        }

        var took = _time.GetElapsedTime(begun).Ticks;
        Note(rule, fault, at, took);
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
        var rules = new List<JudgedQuery>();
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
            known?.Leave();
            rules.Add(Begin(model, now));
        }

        foreach (var gone in before.Values)
        {
            gone.Leave();
            gone.Judge?.Close(next.Any(rule => rule.Id == gone.Model.Id) ? "paused" : "deleted", now);
        }

        _rules = rules;
        _marks = new bool[rules.Count];
        _inputs.Configure([.. rules.Select(static rule => rule.Model)]);
    }

    private JudgedQuery Begin(RuleModel model, long now)
    {
        if (model.Config.IsRecording) return new JudgedQuery(model, null);
        var rule = new JudgedQuery(model, new QueryRuleJudge(model, _parts, now));
        try
        {
            rule.Follow(_live.Open(model.Judged!, _limits, TimeSpan.TicksPerSecond / (double)Pace.Ticks, MaxPoints));
        }
        catch (QueryException)
        {
            // As many live expressions as there may be: the store answers this one.
        }

        return rule;
    }
}
