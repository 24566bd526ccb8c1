using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Rules;
using static LiveDash.Core.Alerts.AlertEventKind;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// What ALERTS.md says of one alert, as plainly as can be: every point ever is kept, each figure is counted from them anew, and how long
/// something has held is added up from the list of steps. Slow, and of one mind with the page rather than with the judge.
/// </summary>
internal sealed class PlainAlert(string series, List<string> log, Func<int> nextEpisode)
{
    private const long Lateness = 5 * TimeSpan.TicksPerSecond;

    private readonly List<(long Time, double Value)> _points = [];
    private readonly List<long> _heldFor = [];
    private RuleModel _rule = null!;
    private AlertState _state;
    private long _windowNow;
    private long _newestEver;
    private long? _quietSince;
    private long _firstPoint = long.MaxValue;
    private long _high;
    private long _newestGiven;
    private bool _clockStands = true;
    private bool _clockWasSet;
    private int _episode;
    private Severity _severity;
    private double _value = double.NaN;

    /// <summary>The newest time of a point there is; 0 before the first.</summary>
    public long Newest { get; private set; }

    /// <summary>True once a point has come since the program began.</summary>
    public bool HasPoint { get; private set; }

    public long Arrival { get; set; }

    public bool IsFresh { get; set; }

    public void Begin(RuleModel rule, bool isNewMeaning)
    {
        if (isNewMeaning) (_state, _value, _clockStands, IsFresh) = (AlertState.Inactive, double.NaN, true, false);
        if (isNewMeaning) (_clockWasSet, _high) = (false, 0);
        _rule = rule;
        if (_state == AlertState.Inactive) _severity = rule.Severity;
    }

    /// <summary>What is open goes on where it stood, and how long it has held too; every series is waited for from now on.</summary>
    public void Restart(long wall)
    {
        (Newest, HasPoint, Arrival, IsFresh, _clockStands, _clockWasSet) = (_newestGiven, false, wall, false, true, false);
        if (_state == AlertState.Inactive) _value = double.NaN;
    }

    public void Resume(long wall) => (Newest, HasPoint, Arrival) = (0, false, wall);

    public bool Take(long time, long wall, double value)
    {
        _newestGiven = Math.Max(_newestGiven, time);
        HasPoint = true;
        if (_newestEver - time <= Lateness)
        {
            var at = _points.FindLastIndex(p => p.Time <= time) + 1;
            _points.Insert(at, (time, value));
            _firstPoint = Math.Min(_firstPoint, time);
            _newestEver = Math.Max(_newestEver, time);
            (_windowNow, _quietSince) = (_newestEver, null);
        }

        Arrival = Math.Max(Arrival, wall);
        if (time < Newest) return false;
        Newest = time;
        return true;
    }

    public void Advance(long wall)
    {
        if (wall <= _windowNow) return;
        _quietSince ??= wall;
        _windowNow = wall;
        // A window by time that was told that all it spans is over forgets its points, even if the clock is set back then.
        if (_rule.Expression.Condition is Comparison { Window: { Points: 0, Size: var size } } && wall - _quietSince > size.Ticks + Lateness) _points.Clear();
    }

    public long TimeAt(long wall) => !HasPoint ? wall : Math.Max(Newest, Math.Min(wall, Newest + Math.Max(0, wall - Arrival)));

    public void StandStill() => _clockStands = true;

    public void Jump(long wall)
    {
        _clockStands = _clockWasSet = true;
        // What seemed newest by the wrong clock does not make the next points late.
        Newest = Math.Min(Newest, wall);
    }

    public void Judge(long time)
    {
        var comparison = (Comparison)_rule.Expression.Condition;
        var figure = Figure(comparison);
        if (double.IsNaN(figure)) StandStill();
        else if (comparison.Comparator.Holds(figure, comparison.Threshold)) Step(AlertInput.Breach, figure, time, "cleared");
        else if (_rule.Expression.Clear is { } clear && comparison.Comparator.Holds(figure, clear)) Step(AlertInput.Band, figure, time, "cleared");
        else Step(AlertInput.Clear, figure, time, "cleared");
    }

    public void Step(AlertInput input, double figure, long time, string reason)
    {
        if (!double.IsNaN(figure)) _value = figure;
        var passed = Passed(time);
        var (hold, keep) = (_rule.Expression.For.Ticks, _rule.Expression.Keep.Ticks);
        switch (_state, input)
        {
            case (AlertState.Inactive, AlertInput.Breach) when hold == 0:
                Fire(figure, time);
                break;
            case (AlertState.Inactive, AlertInput.Breach):
                _heldFor.Clear();
                Tell(Pending, AlertState.Pending, time, null);
                break;
            case (AlertState.Pending, AlertInput.Breach):
                _heldFor.Add(passed);
                if (_heldFor.Sum() >= hold) Fire(figure, time);
                break;
            case (AlertState.Pending, _):
                Tell(Dropped, AlertState.Inactive, time, reason);
                break;
            case (AlertState.Firing, AlertInput.Clear) when keep == 0:
                Tell(Resolved, AlertState.Inactive, time, reason);
                break;
            case (AlertState.Firing, AlertInput.Clear):
                _heldFor.Clear();
                Tell(Recovering, AlertState.Recovering, time, null);
                break;
            case (AlertState.Firing, AlertInput.Breach) when !double.IsNaN(figure) && _rule.Expression.SeverityAt(figure, _rule.Severity) != _severity:
                _severity = _rule.Expression.SeverityAt(figure, _rule.Severity);
                Tell(SeverityChanged, AlertState.Firing, time, null);
                break;
            case (AlertState.Recovering, AlertInput.Clear):
                _heldFor.Add(passed);
                if (_heldFor.Sum() >= keep) Tell(Resolved, AlertState.Inactive, time, reason);
                break;
            case (AlertState.Recovering, _):
                Tell(Returned, AlertState.Firing, time, null);
                break;
        }
    }

    public void Close(string reason, long time)
    {
        if (_state != AlertState.Inactive) Tell(_state == AlertState.Pending ? Dropped : Resolved, AlertState.Inactive, time, reason);
    }

    private void Fire(double figure, long time)
    {
        _episode = nextEpisode();
        _severity = _rule.Expression.SeverityAt(figure, _rule.Severity);
        Tell(Fired, AlertState.Firing, time, null);
    }

    private void Tell(AlertEventKind kind, AlertState next, long time, string? reason)
    {
        _state = next;
        log.Add(RecordingLog.Line(time, series, kind, next, _episode, _severity, _value, reason));
        if (next != AlertState.Inactive) return;
        _episode = 0;
        _severity = _rule.Severity;
    }

    // Time that an outage, a pause or a late point spans counts for nothing; and no stretch counts twice.
    private long Passed(long time)
    {
        var passed = time - _high;
        var (stood, wasSet) = (_clockStands, _clockWasSet || Math.Abs(passed) > _rule.StaleAfter.Ticks);
        (_clockStands, _clockWasSet) = (false, false);
        _high = wasSet ? time : Math.Max(_high, time);
        return stood || wasSet ? 0 : Math.Max(0, passed);
    }

    private double Figure(Comparison comparison)
    {
        var window = comparison.Window;
        List<double> values;
        if (window.Points > 0)
        {
            values = [.. _points.TakeLast((int)window.Points).Select(static p => p.Value)];
            if (values.Count < window.Points && !_rule.Config.AllowPartial) return double.NaN;
        }
        else
        {
            var after = _windowNow - window.Size.Ticks;
            values = [.. _points.Where(p => p.Time > after && p.Time <= _windowNow).Select(static p => p.Value)];
            if (_firstPoint > after && !_rule.Config.AllowPartial) return double.NaN;
        }

        if (values.Count == 0) return double.NaN;
        return comparison.Aggregate.ToString() switch { "last" => values[^1], "first" => values[0], "max" => values.Max(), _ => values.Min() };
    }
}
