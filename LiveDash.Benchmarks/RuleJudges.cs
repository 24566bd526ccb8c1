using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>The true judge of alerts with one true rule, or the same several times; its series are <c>load.0</c>, <c>load.1</c> ... Hands on what the judge tells.</summary>
internal sealed class RuleJudges : IPointJudgeFactory, IAlertLog
{
    private readonly SeriesCatalog _catalog;
    private readonly JudgeParts _parts;
    private readonly RuleSet _rules;
    private readonly int _shards;

    public RuleJudges(string expression, int series, int shards, int times = 1)
    {
        _shards = shards;
        var limits = new Limits();
        _catalog = new SeriesCatalog(limits);
        for (var i = 0; i < series; i++)
        {
            if (!_catalog.TryIntern(new SeriesKey("load." + i, []), out var number) || number != i) throw new InvalidOperationException("A series was refused.");
        }

        _rules = Enumerable.Range(0, times).Aggregate(RuleSet.Empty, (rules, i) => rules.With(Read(expression, i == 0 ? "hot" : $"hot{i}")));
        _parts = new JudgeParts(_catalog, limits, new MeasureBoard(), new RuleStates(), this);
    }

    /// <summary>Called on the shard's loop at each change of an alert.</summary>
    public Action<AlertTransition>? Told { get; set; }

    private static RuleModel Read(string expression, string id) =>
        RuleReader.TryRead(new RuleConfig { Id = id, Name = id, Expr = expression }, out var rule, out var faults) ? rule : throw new InvalidOperationException(faults[0].Detail);

    public IPointJudge Create(int shard, IWindowSource windows)
    {
        var judge = new AlertJudge(_parts, shard, _shards, windows);
        judge.Configure(_rules, DateTime.UnixEpoch.Ticks);
        return new Judge(judge);
    }

    public void Post(AlertTransition transition) => Told?.Invoke(transition);

    public void Follow(string alertId, AlertClock clock)
    {
        // Measured is what a change costs to tell.
    }

    public void NoteSilence(string series, long quiet)
    {
        // As above.
    }

    public long RecallSilence(string series) => 0;

    public KeptAlert? Recall(string alertId, LiveFigures live) => null;

    private sealed class Judge(AlertJudge judge) : IPointJudge
    {
        public ISeriesJudge? Watch(int series, long nowTicks) => judge.Watch(series, nowTicks);

        public void OnTick(long nowTicks) => judge.OnTick(nowTicks);
    }
}
