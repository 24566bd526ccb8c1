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
    /// <summary>So many points are looked at together, whether the rule can fire on any of them.</summary>
    private const int Stretch = 512;

    /// <summary>A silence is judged second by second for so long, and then skipped to its end: nothing changes by then.</summary>
    private readonly long _longestQuiet;

    private readonly SeriesCatalog _catalog;
    private readonly PreviewWindows _windows;
    private readonly RuleModel _rule;
    private readonly TimeRange _range;
    private readonly AlertJudge _judge;
    private readonly PreviewTrace? _trace;
    private readonly PreviewBounds? _bounds;
    private PreviewLane?[] _lanes = [];

    // The smallest of its series' numbers: what the first lane stands for.
    private int _first;
    private long _tick;
    private bool _isJudging;

    /// <param name="rule">What is judged.</param>
    /// <param name="range">Over which time.</param>
    /// <param name="limits">The bounds of the catalog.</param>
    /// <param name="log">Takes what happens.</param>
    /// <param name="columns">How many columns are drawn; 0 for none.</param>
    /// <param name="words">What states are called.</param>
    /// <param name="clock">The clock whose hours repeat in series.</param>
    /// <param name="bounds">Says where the rule cannot fire; null to judge each point, as where there are several series, or the figure is drawn.</param>
    public PreviewRun(RuleModel rule, TimeRange range, Limits limits, PreviewLog log, int columns, StateBook words, LocalClock clock, PreviewBounds? bounds)
    {
        _rule = rule;
        _range = range;
        _bounds = bounds;
        Log = log;
        _tick = range.From;
        _catalog = new SeriesCatalog(limits);
        _windows = new PreviewWindows(_catalog, clock);
        _trace = columns > 0 ? new PreviewTrace(_catalog, log, rule.Id, range, columns) : null;
        _judge = new AlertJudge(new JudgeParts(_catalog, limits, new MeasureBoard(), new RuleStates(), log) { Words = words }, 0, 1, _windows);
        _longestQuiet = rule.Expression.Condition.Leaves.Max(static leaf => leaf is Anomaly or Forecasted ? 0 : Reach(leaf)) + rule.StaleAfter.Ticks + rule.Expression.For.Ticks
            + rule.Expression.Keep.Ticks + TimeSpan.TicksPerMinute;
    }

    /// <summary>What happened.</summary>
    public PreviewLog Log { get; }

    /// <summary>How many points were judged.</summary>
    public long Points { get; private set; }

    /// <summary>How many of them by the bounds of their stretch alone.</summary>
    public long Passed { get; private set; }

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
    public void Fill(int series, long ticks, double value)
    {
        _bounds?.Add([ticks], [value]);
        _lanes[series - _first]!.Add(ticks, value);
    }

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
        if (_bounds is null)
        {
            Judge(block, 0, block.Count);
            return;
        }

        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var at = 0; at < times.Length; at += Stretch)
        {
            var count = Math.Min(Stretch, times.Length - at);
            _bounds.Add(times.Slice(at, count), values.Slice(at, count));
            // The last is judged in any case: so that what is known of the series is what it would be.
            var passed = CanPass(times[at], count) ? count - 1 : 0;
            Pass(block, at, passed);
            Judge(block, at + passed, count - passed);
        }
    }

    // An alert that has begun ends by its figures, and before the first point nothing is known of the series.
    private bool CanPass(long first, int count) => Points > 0 && first >= _range.From && Log.IsInactive && _bounds!.CannotHold(first, count);

    // Windows get every point and every tick, as ever; judges need none of them. The last bit of a figure may differ, since a window sums up when it is asked.
    private void Pass(PointBlock block, int start, int count)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = start; i < start + count; i++)
        {
            TickUntil(times[i], isJudged: false);
            _lanes[series[i] - _first]!.Add(times[i], values[i]);
        }

        Points += count;
        Passed += count;
    }

    private void Judge(PointBlock block, int start, int count)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = start; i < start + count; i++)
        {
            var lane = _lanes[series[i] - _first]!;
            var ticks = times[i];
            if (ticks >= _range.From)
            {
                TickUntil(ticks, isJudged: true);
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
    public void End(long at) => TickUntil(at, isJudged: true);

    private bool IsWatched(PreviewLane lane, long now)
    {
        if (lane.Series < 0)
        {
            if (!_catalog.TryIntern(lane.Key, out var series)) return false;
            lane.Series = series;
        }

        return _judge.Watches(lane.Series, now);
    }

    private void TickUntil(long ticks, bool isJudged)
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
            if (isJudged) _judge.OnTick(_tick);
            else _judge.PassOver(_tick);
            _tick += TimeSpan.TicksPerSecond;
        }
    }
}
