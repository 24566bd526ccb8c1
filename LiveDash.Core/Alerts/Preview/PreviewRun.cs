using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>
/// One run of a preview: a judge fed from a scan, with event time in the place of the clock. It has a catalog of its own, in which a series becomes
/// known when it did in fact, and where a half-typed name harms nobody. Used by one preview alone.
/// </summary>
internal sealed class PreviewRun
{
    /// <summary>A silence is judged second by second for so long, and then skipped to its end: nothing changes by then.</summary>
    private readonly long _longestQuiet;

    private readonly SeriesCatalog _catalog;
    private readonly PreviewWindows _windows;
    private readonly RuleModel _rule;
    private readonly TimeRange _range;
    private readonly AlertJudge _judge;
    private readonly PreviewTrace? _trace;
    private PreviewLane?[] _lanes = [];

    // The smallest of its series' numbers: what the first lane stands for.
    private int _first;
    private long _tick;
    private bool _isJudging;

    public PreviewRun(RuleModel rule, TimeRange range, Limits limits, PreviewLog log, int columns, LocalClock clock)
    {
        _rule = rule;
        _range = range;
        Log = log;
        _tick = range.From;
        _catalog = new SeriesCatalog(limits);
        _windows = new PreviewWindows(_catalog, clock);
        _trace = columns > 0 ? new PreviewTrace(_catalog, log, rule.Id, range, columns) : null;
        _judge = new AlertJudge(new JudgeParts(_catalog, limits, new MeasureBoard(), new RuleStates(), log), 0, 1, _windows);
        _longestQuiet = rule.Expression.Condition.Leaves.Max(static leaf => leaf is Anomaly or Forecasted ? 0 : Reach(leaf)) + rule.StaleAfter.Ticks + rule.Expression.For.Ticks
            + rule.Expression.Keep.Ticks + TimeSpan.TicksPerMinute;
    }

    /// <summary>What happened.</summary>
    public PreviewLog Log { get; }

    /// <summary>How many points were judged.</summary>
    public long Points { get; private set; }

    /// <summary>The figures that were drawn.</summary>
    public IReadOnlyList<PreviewLine> Lines => _trace?.End() ?? [];

    /// <summary>How far back in time a condition looks.</summary>
    public static long Reach(SeriesCondition leaf) => leaf switch
    {
        Comparison comparison => comparison.Window.Size.Ticks,
        Outside outside => outside.Window.Size.Ticks,
        Anomaly or Forecasted => ShardDetectors.PastBars * 5 * TimeSpan.TicksPerMinute,
        Absent absent => absent.After.Ticks,
        Outlier outlier => outlier.Window.Size.Ticks,
        _ => 0,
    };

    /// <summary>Makes the windows of each series.</summary>
    /// <param name="series">The series as the store numbers them, each with its name.</param>
    public void Prepare(IReadOnlyList<(int Series, SeriesKey Key)> series)
    {
        _first = series.Count == 0 ? 0 : series.Min(static one => one.Series);
        _lanes = new PreviewLane?[series.Count == 0 ? 0 : series.Max(static one => one.Series) - _first + 1];
        foreach (var (number, key) in series)
        {
            _lanes[number - _first] = _windows.LaneOf(key);
            _lanes[number - _first]!.Prepare(_rule);
        }
    }

    /// <summary>How many points of a series must be known before the scan, to fill its windows by count.</summary>
    public int NeedBefore(int series) => _lanes[series - _first]!.LongestCount;

    /// <summary>Takes a point from before the scan.</summary>
    public void Fill(int series, long ticks, double value) => _lanes[series - _first]!.Add(ticks, value);

    /// <summary>Binds the rule to the series that there were at the beginning.</summary>
    public void Begin(IReadOnlyList<SeriesStats> stats)
    {
        foreach (var one in stats)
        {
            if (one.First >= _range.From || one.Series < _first || one.Series - _first >= _lanes.Length || _lanes[one.Series - _first] is not { } lane) continue;
            lane.TellKnownSince(one.First);
            if (_catalog.TryIntern(lane.Key, out var series)) lane.Series = series;
        }

        _judge.Configure(new RuleSet([_rule]), _range.From);
    }

    /// <summary>Judges the points of a block; those before the range only fill the windows.</summary>
    public void Take(PointBlock block)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = 0; i < times.Length; i++)
        {
            var lane = _lanes[series[i] - _first]!;
            var ticks = times[i];
            if (ticks >= _range.From)
            {
                TickUntil(ticks);
                _isJudging = true;
            }

            var isWatched = _isJudging && IsWatched(lane, ticks);
            lane.Add(ticks, values[i]);
            if (!isWatched) continue;
            Points++;
            _judge.OnPoint(lane.Series, ticks, ticks);
            _trace?.Take(lane.Series, ticks);
        }
    }

    /// <summary>Lets time run on to the end.</summary>
    public void End(long at) => TickUntil(at);

    private bool IsWatched(PreviewLane lane, long now)
    {
        if (lane.Series < 0)
        {
            if (!_catalog.TryIntern(lane.Key, out var series)) return false;
            lane.Series = series;
        }

        return _judge.Watches(lane.Series, now);
    }

    private void TickUntil(long ticks)
    {
        var quietEnd = _tick + _longestQuiet;
        while (_tick < ticks)
        {
            // Whole seconds are left out, so that what only a tick decides is decided when it is live.
            if (_tick > quietEnd)
            {
                _tick += Math.Max(0, (ticks - _tick - 1) / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond;
                _judge.PassOver(_tick);
            }

            _windows.AdvanceTo(_tick);
            _judge.OnTick(_tick);
            _tick += TimeSpan.TicksPerSecond;
        }
    }
}
