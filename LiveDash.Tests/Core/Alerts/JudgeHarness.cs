using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// Judges over windows of their own, with every time an argument: seconds since an hour of the test's own. A restart keeps the points, as the
/// store does, and what the log was told.
/// </summary>
internal sealed class JudgeHarness
{
    public const long Start = 638_000_000_000_000_000L;

    private readonly int _shards;
    private readonly Limits _limits;
    private readonly FilledWindows[] _windows;
    private readonly AlertJudge[] _judges;
    private readonly IWindowSource? _source;

    public JudgeHarness(int shards = 1, Limits? limits = null, IWindowSource? source = null)
    {
        _shards = shards;
        _source = source;
        _limits = limits ?? new Limits();
        _windows = [.. Enumerable.Range(0, shards).Select(static _ => new FilledWindows())];
        _judges = new AlertJudge[shards];
        Catalog = new SeriesCatalog(_limits);
        MakeJudges();
    }

    public SeriesCatalog Catalog { get; }

    public RecordingLog Log { get; } = new();

    public RuleStates States { get; private set; } = new();

    public RuleSet Rules { get; private set; } = RuleSet.Empty;

    /// <summary>What has happened, without the times: <c>Fired x</c>.</summary>
    public string Story => string.Join(", ", Log.Transitions.Select(static t => t.Reason is null or "cleared" ? $"{t.Kind}" : $"{t.Kind}({t.Reason})"));

    public static RuleModel Rule(string expr, Func<RuleConfig, RuleConfig>? with = null)
    {
        var config = new RuleConfig { Id = "hot", Name = "hot", Expr = expr, Severity = "warning" };
        Assert.True(RuleReader.TryRead(with?.Invoke(config) ?? config, out var rule, out var faults), string.Join(' ', faults));
        return rule;
    }

    public static long At(double seconds) => Start + (long)(seconds * TimeSpan.TicksPerSecond);

    public int Series(string text)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.True(Catalog.TryIntern(key!, out var series));
        return series;
    }

    public JudgeHarness Configure(double now, params RuleModel[] rules) => ConfigureAt(At(now), rules);

    /// <summary>Other rules from a time on, in UTC ticks.</summary>
    public JudgeHarness ConfigureAt(long now, params RuleModel[] rules)
    {
        Rules = new RuleSet(rules);
        States.Keep(Rules);
        foreach (var judge in _judges) judge.Configure(Rules, now);
        return this;
    }

    /// <summary>A point that comes at its own time.</summary>
    public JudgeHarness Point(double at, double value, string series = "x") => Late(at, at, value, series);

    /// <summary>A point that comes at another time than its own.</summary>
    public JudgeHarness Late(double now, double at, double value, string series = "x")
    {
        PointAt(series, At(at), At(now), value);
        return this;
    }

    public JudgeHarness Tick(double now)
    {
        TickAt(At(now));
        return this;
    }

    /// <summary>A point; times in UTC ticks.</summary>
    public void PointAt(string series, long ticks, long now, double value)
    {
        var id = Series(series);
        var judge = _judges[id % _shards];
        var isWatched = judge.Watches(id, now);
        _windows[id % _shards].Add(id, ticks, value);
        if (isWatched) judge.OnPoint(id, ticks, now);
    }

    /// <summary>A tick at a time in UTC ticks.</summary>
    public void TickAt(long now)
    {
        foreach (var windows in _windows) windows.AdvanceTo(now);
        foreach (var judge in _judges) judge.OnTick(now);
    }

    /// <summary>A tick each second from one time to another, both included.</summary>
    public JudgeHarness Ticks(double from, double to)
    {
        for (var now = from; now <= to; now++) Tick(now);
        return this;
    }

    /// <summary>A point and a tick each second from one time to another, both included.</summary>
    public JudgeHarness Steady(double from, double to, double value, string series = "x")
    {
        for (var now = from; now <= to; now++) Point(now, value, series).Tick(now);
        return this;
    }

    /// <summary>Clocks are kept, as happens every few seconds.</summary>
    public JudgeHarness Remember(double now)
    {
        foreach (var judge in _judges) judge.Remember(At(now), isAll: false);
        return this;
    }

    /// <summary>The program ends, and begins anew.</summary>
    /// <param name="now">When it begins.</param>
    /// <param name="isCrash">True where it had no time to keep its clocks.</param>
    /// <param name="ended">When it ended; default when it begins.</param>
    public JudgeHarness Restart(double now, bool isCrash = false, double? ended = null)
    {
        if (!isCrash) End(At(ended ?? now));
        return Begin(At(now));
    }

    /// <summary>The program ends at a time in UTC ticks, and keeps its clocks before.</summary>
    public void End(long now)
    {
        foreach (var judge in _judges) judge.Remember(now, isAll: true);
    }

    /// <summary>The program begins anew at a time in UTC ticks, on the same points.</summary>
    public JudgeHarness Begin(long now)
    {
        States = new RuleStates();
        MakeJudges();
        var stats = Enumerable.Range(0, Catalog.Count).Select(series => _windows[series % _shards].StatsOf(series)).Where(static s => s.Count > 0).ToList();
        foreach (var judge in _judges) judge.TellNewest(stats, long.MaxValue - TimeSpan.TicksPerDay);
        States.Keep(Rules);
        foreach (var judge in _judges) judge.Configure(Rules, now);
        return this;
    }

    /// <summary>Has the judges look at every series, in the order of their making.</summary>
    public void Watch()
    {
        for (var id = 0; id < Catalog.Count; id++) _judges[id % _shards].Watches(id, Start);
    }

    private void MakeJudges()
    {
        var parts = new JudgeParts(Catalog, _limits, new MeasureBoard(), States, Log);
        for (var shard = 0; shard < _shards; shard++) _judges[shard] = new AlertJudge(parts, shard, _shards, _source ?? _windows[shard]);
    }
}
