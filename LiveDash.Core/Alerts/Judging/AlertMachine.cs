namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// The state of one alert: pending before firing, recovering before resolved, after Prometheus' <c>for</c> and <c>keep_firing_for</c>.
/// It knows no clock: time is an argument, and a step back or a jump beyond <c>maxGap</c> is an outage that counts for neither.
/// Not thread-safe.
/// </summary>
/// <param name="hold">How long the condition must hold before the alert fires.</param>
/// <param name="keep">How long it must be gone before the alert resolves.</param>
/// <param name="maxGap">The longest time between two steps that still counts.</param>
public sealed class AlertMachine(TimeSpan hold, TimeSpan keep, TimeSpan maxGap)
{
    private long _last;
    private long _elapsed;
    private bool _isPaused = true;
    private bool _isJump;

    /// <summary>Where it stands.</summary>
    public AlertState State { get; private set; }

    /// <summary>When the condition began to hold, in UTC ticks; 0 while inactive.</summary>
    public long ActiveAt { get; private set; }

    /// <summary>When the open episode began, in UTC ticks; 0 where none is open.</summary>
    public long FiredAt { get; private set; }

    /// <summary>True while an episode is open.</summary>
    public bool IsOpen => State is AlertState.Firing or AlertState.Recovering;

    /// <summary>How long the running clock of <c>for</c> or <c>keep</c> has counted, in ticks.</summary>
    public long Elapsed => _elapsed;

    /// <summary>The event time up to which it has counted, in UTC ticks; 0 before the first step.</summary>
    public long LastAt => _last;

    /// <summary>Takes over what was kept. The time of the outage counts for nothing; what its clock had counted before stays.</summary>
    public void Restore(AlertState state, long activeAt, long firedAt, long elapsed = 0, long lastAt = 0)
    {
        State = state;
        ActiveAt = activeAt;
        FiredAt = firedAt;
        _elapsed = elapsed;
        _last = lastAt;
        Pause();
    }

    /// <summary>Time stands still until the next step.</summary>
    public void Pause() => _isPaused = true;

    /// <summary>The clock was set back: the next step is where it counts from, be it earlier than the last.</summary>
    public void Jump() => _isPaused = _isJump = true;

    /// <summary>Takes one finding.</summary>
    /// <param name="input">What was found.</param>
    /// <param name="ticks">Event time in UTC ticks.</param>
    /// <returns>What that changed.</returns>
    public AlertEventKind Step(AlertInput input, long ticks)
    {
        if (input == AlertInput.Missing)
        {
            Pause();
            return AlertEventKind.None;
        }

        var passed = Pass(ticks);
        return State switch
        {
            AlertState.Inactive => input == AlertInput.Breach ? Begin(ticks) : AlertEventKind.None,
            AlertState.Pending => input == AlertInput.Breach ? Hold(ticks, passed) : End(AlertEventKind.Dropped),
            AlertState.Firing => input == AlertInput.Clear ? Recover() : AlertEventKind.None,
            _ => input == AlertInput.Clear ? Keep(passed) : Return(),
        };
    }

    /// <summary>The commonest step alone: takes a finding that leaves an inactive alert inactive.</summary>
    /// <returns>False where it is another step; nothing was taken then.</returns>
    public bool StaysInactive(AlertInput input, long ticks)
    {
        if (State != AlertState.Inactive || input is not (AlertInput.Clear or AlertInput.Band)) return false;
        Pass(ticks);
        return true;
    }

    /// <summary>Ends whatever is open, for a reason outside of the condition.</summary>
    public AlertEventKind Close() => State switch
    {
        AlertState.Inactive => AlertEventKind.None,
        AlertState.Pending => End(AlertEventKind.Dropped),
        _ => End(AlertEventKind.Resolved),
    };

    // A point may come with a time that ticks have run past already: time then stands until it is caught up, so that no stretch counts twice.
    private long Pass(long ticks)
    {
        var passed = ticks - _last;
        var isElsewhere = _isJump || Math.Abs(passed) > maxGap.Ticks;
        var counts = !_isPaused && !isElsewhere && passed > 0;
        _isPaused = _isJump = false;
        if (isElsewhere || passed > 0) _last = ticks;
        return counts ? passed : 0;
    }

    private AlertEventKind Begin(long ticks)
    {
        ActiveAt = ticks;
        _elapsed = 0;
        if (hold == TimeSpan.Zero) return Fire(ticks);
        State = AlertState.Pending;
        return AlertEventKind.Pending;
    }

    private AlertEventKind Hold(long ticks, long passed)
    {
        _elapsed += passed;
        return _elapsed >= hold.Ticks ? Fire(ticks) : AlertEventKind.None;
    }

    private AlertEventKind Fire(long ticks)
    {
        State = AlertState.Firing;
        FiredAt = ticks;
        return AlertEventKind.Fired;
    }

    private AlertEventKind Recover()
    {
        if (keep == TimeSpan.Zero) return End(AlertEventKind.Resolved);
        State = AlertState.Recovering;
        _elapsed = 0;
        return AlertEventKind.Recovering;
    }

    private AlertEventKind Keep(long passed)
    {
        _elapsed += passed;
        return _elapsed >= keep.Ticks ? End(AlertEventKind.Resolved) : AlertEventKind.None;
    }

    private AlertEventKind Return()
    {
        State = AlertState.Firing;
        return AlertEventKind.Returned;
    }

    private AlertEventKind End(AlertEventKind kind)
    {
        State = AlertState.Inactive;
        ActiveAt = FiredAt = _elapsed = 0;
        return kind;
    }
}
