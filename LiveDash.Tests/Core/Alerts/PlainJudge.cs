using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>The oracle: two series and one rule, by the letter of ALERTS.md.</summary>
internal sealed class PlainJudge
{
    private const long Outage = 10 * TimeSpan.TicksPerSecond;

    private readonly PlainAlert[] _alerts;
    private readonly List<string> _log = [];
    private RuleModel _rule;
    private long _lastTick;
    private int _episodes;

    public PlainJudge(RuleModel rule)
    {
        _rule = rule;
        _alerts = [.. new[] { "x{n=0}", "x{n=1}" }.Select(name => new PlainAlert(name, _log, () => ++_episodes))];
        foreach (var alert in _alerts)
        {
            alert.Arrival = JudgeHarness.Start;
            alert.Begin(rule, isNewMeaning: true);
        }
    }

    public IReadOnlyList<string> Log => _log;

    public void Point(int series, long time, long wall, double value)
    {
        var alert = _alerts[series];
        if (_rule.Config.Paused)
        {
            alert.Take(time, wall, value);
            return;
        }

        if (_lastTick != 0 && Math.Abs(wall - _lastTick) > Outage) Skip(wall);
        var decides = alert.Take(time, wall, value);
        alert.IsFresh = true;
        if (decides) alert.Judge(time);
    }

    public void Tick(long wall)
    {
        foreach (var alert in _alerts) alert.Advance(wall);
        if (_lastTick != 0 && (wall < _lastTick || wall - _lastTick > Outage)) Skip(wall);
        _lastTick = wall;
        if (_rule.Config.Paused) return;
        foreach (var alert in _alerts) alert.IsFresh &= wall - alert.Arrival <= _rule.StaleAfter.Ticks;
        foreach (var alert in _alerts)
        {
            var time = alert.TimeAt(wall);
            if (wall - alert.Arrival <= _rule.StaleAfter.Ticks)
            {
                if (alert.HasPoint) alert.Judge(time);
                continue;
            }

            var isNoData = _alerts.All(static a => !a.IsFresh);
            if (isNoData && _rule.OnNoData == GapPolicy.Alert) alert.Step(AlertInput.Breach, double.NaN, time, "nodata");
            else if (isNoData && _rule.OnNoData == GapPolicy.Ok) alert.Step(AlertInput.Clear, double.NaN, time, "nodata");
            else if (_rule.ResolvesMissing) alert.Close("missing", time);
            else alert.StandStill();
        }
    }

    public void Change(RuleModel next, long wall)
    {
        var isSame = next.Meaning == _rule.Meaning && !next.Config.Paused && !_rule.Config.Paused;
        foreach (var alert in _alerts)
        {
            if (!isSame && !_rule.Config.Paused) alert.Close(next.Config.Paused ? "paused" : "edited", alert.TimeAt(wall));
            alert.Begin(next, !isSame);
            // Nobody looked at the series while the rule was paused, so it is waited for from now on.
            if (_rule.Config.Paused && !next.Config.Paused) alert.Resume(wall);
        }

        _rule = next;
    }

    public void Restart(long wall)
    {
        _lastTick = 0;
        foreach (var alert in _alerts) alert.Restart(wall);
    }

    private void Skip(long wall)
    {
        foreach (var alert in _alerts)
        {
            alert.Arrival += wall - _lastTick;
            if (wall < _lastTick) alert.Jump(wall);
            else alert.StandStill();
        }

        _lastTick = wall;
    }
}
