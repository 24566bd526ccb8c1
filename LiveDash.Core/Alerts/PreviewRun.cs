using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts;

/// <summary>One run of a preview: a judge fed from a scan, with event time in the place of the clock. Used by one preview alone.</summary>
internal sealed class PreviewRun
{
    /// <summary>A silence is judged second by second for so long, and then skipped to its end: nothing changes by then.</summary>
    private readonly long _longestQuiet;

    private readonly PreviewWindows _windows = new();
    private readonly RuleModel _rule;
    private readonly TimeRange _range;
    private readonly AlertJudge _judge;
    private readonly PreviewTrace? _trace;
    private long _tick;
    private bool _isJudging;

    public PreviewRun(RuleModel rule, TimeRange range, SeriesCatalog catalog, Limits limits, IAlertLog log, PreviewTrace? trace)
    {
        _trace = trace;
        _rule = rule;
        _range = range;
        _tick = range.From;
        _judge = new AlertJudge(new JudgeParts(catalog, limits, new MeasureBoard(), new RuleStates(), log) { AddsSeries = false }, 0, 1, _windows);
        var absence = rule.Expression.Condition.Leaves.Max(static leaf => leaf is Absent absent ? absent.After.Ticks : 0);
        _longestQuiet = Math.Max(absence, rule.StaleAfter.Ticks) + rule.Expression.For.Ticks + rule.Expression.Keep.Ticks + TimeSpan.TicksPerMinute;
    }

    /// <summary>How many points were judged.</summary>
    public long Points { get; private set; }

    /// <summary>Binds the rule to its series, and tells their windows since when there are points.</summary>
    public void Begin(IReadOnlyList<int> series, IReadOnlyList<SeriesStats> stats)
    {
        _judge.Configure(new RuleSet([_rule]), _range.From);
        var chosen = series.ToHashSet();
        foreach (var one in stats)
        {
            if (!chosen.Contains(one.Series)) continue;
            _judge.Watches(one.Series, _range.From);
            _windows.TellKnownSince(one.Series, one.First);
        }
    }

    /// <summary>Judges the points of a block; those before the range only fill the windows.</summary>
    public void Take(PointBlock block)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] >= _range.From)
            {
                TickUntil(times[i]);
                _isJudging = true;
            }

            _windows.Add(series[i], times[i], values[i]);
            if (!_isJudging || !_judge.Watches(series[i], times[i])) continue;
            Points++;
            _judge.OnPoint(series[i], times[i], times[i]);
            _trace?.Take(series[i], times[i]);
        }
    }

    /// <summary>Lets time run on to the end.</summary>
    public void End(long at) => TickUntil(at);

    private void TickUntil(long ticks)
    {
        var quietEnd = _tick + _longestQuiet;
        while (_tick < ticks)
        {
            if (_tick > quietEnd) _tick = Math.Max(_tick, ticks - TimeSpan.TicksPerSecond);
            _windows.AdvanceTo(_tick);
            _judge.OnTick(_tick);
            _tick += TimeSpan.TicksPerSecond;
        }
    }
}
