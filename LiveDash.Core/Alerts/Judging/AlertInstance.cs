using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>One rule on one series: its condition, state and figures. Used by one shard's loop alone, but for <see cref="LiveFigures"/>.</summary>
internal sealed class AlertInstance
{
    /// <summary>So many failures in a row make an alert unhealthy.</summary>
    private const int FailuresAllowed = 3;

    private readonly AlertMachine _machine;
    private readonly IAlertLog _log;
    private readonly SeriesKey _series;
    private readonly string _id;
    private readonly LiveFigures _live = new();
    private string? _episode;
    private long _episodeAt;
    private Severity _severity;
    private int _failures;
    private bool _isFresh;
    private AlertClock _told;

    public AlertInstance(RuleModel rule, RuleState state, SeriesKey series, BoundCondition condition, IAlertLog log, long now)
    {
        Rule = rule;
        State = state;
        Condition = condition;
        _series = series;
        _log = log;
        _severity = rule.Severity;
        _live.Words = condition.Words;
        _machine = new AlertMachine(rule.Expression.For, rule.Expression.Keep, rule.StaleAfter);
        _id = AlertNames.Alert(rule.Id, series.ToString());
        Restore(now);
    }

    /// <summary>The rule; a change that keeps its meaning is taken over without touching the state.</summary>
    public RuleModel Rule { get; set; }

    public RuleState State { get; }

    public BoundCondition Condition { get; }

    /// <summary>True while nothing of it is open or begun.</summary>
    public bool IsInactive => _machine.State == AlertState.Inactive;

    /// <summary>True while the alert follows silence itself, or a state, which lasts until another comes: a quiet series is no gap to it.</summary>
    private bool JudgesSilence => Rule.Driver is Absent or StateIs or Anomaly { By: not null };

    /// <summary>Judges after a point or a tick.</summary>
    /// <param name="ticks">Event time in UTC ticks.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void Judge(long ticks, long now)
    {
        Judgement found;
        try
        {
            found = Condition.Evaluate(now);
            Recovered();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One failed step changes nothing and harms no other rule; three in a row are the policy's business and shown as health.
            if (++_failures < FailuresAllowed) return;
            if (_failures == FailuresAllowed) State.AddFailing(1);
            _live.Health = AlertHealth.Error;
            Apply(Rule.OnError, "error", ticks, now);
            return;
        }

        // Nearly every point of nearly every alert ends here.
        if (_machine.StaysInactive(found.Input, ticks)) _live.Value = found.Value;
        else Take(found, ticks, now, "cleared");
    }

    /// <summary>The series sends points again, or has begun to.</summary>
    public void Freshen()
    {
        if (_isFresh) return;
        _isFresh = true;
        State.AddFresh(1);
        if (_live.Health == AlertHealth.NoData) _live.Health = AlertHealth.Ok;
    }

    /// <summary>Takes note of a series that has been quiet for too long.</summary>
    public void NoteQuiet(SeriesWatch watch, long now)
    {
        if (!_isFresh || !IsQuiet(watch, now)) return;
        _isFresh = false;
        State.AddFresh(-1);
    }

    /// <summary>Looks whether the series has been quiet for too long; true where it has, and its policy was followed.</summary>
    public bool TryMissing(SeriesWatch watch, long now)
    {
        if (!IsQuiet(watch, now)) return false;
        var isNoData = State.Fresh == 0;
        _live.Health = isNoData ? AlertHealth.NoData : AlertHealth.Ok;
        var ticks = watch.Now(now);
        if (isNoData && Rule.OnNoData != GapPolicy.Keep) Apply(Rule.OnNoData, "nodata", ticks, now);
        else if (Rule.ResolvesMissing) Close("missing", ticks, now);
        else _machine.Pause();
        return true;
    }

    /// <summary>The clock was set, or has stood: what passed since the last step does not count.</summary>
    /// <param name="isBack">True where it was set back: only then may time go on from before what has counted already.</param>
    public void Skip(bool isBack)
    {
        if (isBack) _machine.Jump();
        else _machine.Pause();
    }

    /// <summary>Tells how far its clock has run and its worst figure, to be kept: done now and then, so that a point costs nothing for it.</summary>
    /// <param name="isAll">True before the end: whatever has moved at all is told.</param>
    public void Remember(bool isAll)
    {
        if (_machine.State == AlertState.Inactive) return;
        var clock = Clock;
        if (clock == _told) return;
        // A firing alert has no clock that runs, and its value comes anew with the next point.
        var hasRun = _machine.State != AlertState.Firing && clock.Elapsed - _told.Elapsed >= Grain.Ticks;
        if (!isAll && !hasRun && clock.Peak.Equals(_told.Peak)) return;
        _told = clock;
        _log.Follow(_id, clock);
    }

    /// <summary>Ends what is open.</summary>
    public void Close(string reason, long ticks, long now)
    {
        var (activeAt, firedAt) = (_machine.ActiveAt, _machine.FiredAt);
        Tell(_machine.Close(), activeAt, firedAt, ticks, now, reason);
    }

    /// <summary>It is judged no more.</summary>
    public void Leave()
    {
        if (_isFresh) State.AddFresh(-1);
        if (_failures >= FailuresAllowed) State.AddFailing(-1);
        State.RemoveInstance();
    }

    // Of a crash it costs at most so much of a long clock, and a write less often.
    private TimeSpan Grain => (_machine.State == AlertState.Pending ? Rule.Expression.For : Rule.Expression.Keep) / 100;

    private AlertClock Clock => new(_machine.Elapsed, _machine.LastAt, _live.Value, _live.Peak);

    private bool IsQuiet(SeriesWatch watch, long now) => !JudgesSilence && now - watch.LastArrival > Rule.StaleAfter.Ticks;

    private void Restore(long now)
    {
        if (_log.Recall(_id, _live) is not { } kept || kept.Meaning != Rule.Meaning) return;
        _machine.Restore(kept.State, kept.ActiveAt, kept.FiredAt, kept.Elapsed, kept.LastAt);
        // The clock was ahead when it was kept: what counted then must not hold up what counts now.
        if (kept.LastAt > now + TimeSpan.TicksPerSecond) _machine.Jump();
        _episode = kept.Episode;
        _severity = kept.Severity;
        _live.Value = kept.Value ?? double.NaN;
        _live.Peak = kept.Peak ?? double.NaN;
        _live.Cause = kept.Cause;
        _live.Why = kept.Why;
        _told = Clock;
    }

    private void Recovered()
    {
        if (_failures == 0) return;
        if (_failures >= FailuresAllowed)
        {
            State.AddFailing(-1);
            _live.Health = AlertHealth.Ok;
        }

        _failures = 0;
    }

    private void Apply(GapPolicy policy, string reason, long ticks, long now)
    {
        if (policy == GapPolicy.Keep) _machine.Pause();
        else Take(new(policy == GapPolicy.Alert ? AlertInput.Breach : AlertInput.Clear, double.NaN), ticks, now, reason);
    }

    private void Take(Judgement found, long ticks, long now, string reason)
    {
        if (!double.IsNaN(found.Value)) _live.Value = found.Value;
        if (found.Input == AlertInput.Breach) _live.Cause = CauseOf(reason);
        var (activeAt, firedAt) = (_machine.ActiveAt, _machine.FiredAt);
        var happened = _machine.Step(found.Input, ticks);
        if (happened == AlertEventKind.None && _machine.State == AlertState.Inactive) return;
        if (happened == AlertEventKind.Fired)
        {
            // Points of one time may end an episode and begin another: each is an episode of its own, or the second would be taken for a repeat.
            _episodeAt = Math.Max(_machine.FiredAt, _episodeAt + 1);
            _episode = AlertNames.Episode(_id, _episodeAt, now);
            _severity = Rule.Expression.SeverityAt(found.Value, Rule.Severity);
            _live.Peak = found.Value;
            _live.Why = found.Input == AlertInput.Breach ? Condition.Why() : null;
        }
        else if (_machine.State == AlertState.Firing && !double.IsNaN(found.Value))
        {
            happened = Follow(found, happened);
        }

        if (_machine.State != AlertState.Inactive) (activeAt, firedAt) = (_machine.ActiveAt, _machine.FiredAt);
        Tell(happened, activeAt, firedAt, ticks, now, reason);
    }

    private static AlertCause CauseOf(string reason) => reason switch
    {
        "nodata" => AlertCause.NoData,
        "error" => AlertCause.Error,
        _ => AlertCause.Breach,
    };

    private AlertEventKind Follow(Judgement found, AlertEventKind happened)
    {
        var peak = _live.Peak;
        if (double.IsNaN(peak) || (Rule.IsDownward ? found.Value < peak : found.Value > peak))
        {
            _live.Peak = found.Value;
            if (found.Input == AlertInput.Breach) _live.Why = Condition.Why() ?? _live.Why;
        }

        // Between the thresholds the severity stays: it would flap with the figure.
        if (found.Input != AlertInput.Breach || happened != AlertEventKind.None) return happened;
        var severity = Rule.Expression.SeverityAt(found.Value, Rule.Severity);
        if (severity == _severity) return happened;
        _severity = severity;
        return AlertEventKind.SeverityChanged;
    }

    private void Tell(AlertEventKind kind, long activeAt, long firedAt, long ticks, long now, string reason)
    {
        if (kind == AlertEventKind.None) return;
        var isEnd = _machine.State == AlertState.Inactive;
        _told = Clock;
        _log.Post(new AlertTransition
        {
            AlertId = _id,
            Rule = Rule,
            Series = _series,
            Kind = kind,
            State = _machine.State,
            At = ticks,
            Now = now,
            ActiveAt = activeAt,
            FiredAt = firedAt,
            Episode = _episode,
            Severity = _severity,
            Value = _live.Value,
            Peak = _live.Peak,
            Clock = _told,
            Reason = isEnd ? reason : null,
            Cause = _live.Cause,
            Why = _live.Why,
            Live = _live,
        });
        if (!isEnd) return;
        _episode = null;
        _live.Peak = double.NaN;
        _live.Why = null;
        _severity = Rule.Severity;
    }
}
