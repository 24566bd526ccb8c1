namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// By which time points are old. It is never the clock alone: a point's age is counted from the newest arrival that is kept, and after a jump of the clock of more
/// than an hour nothing is deleted by age for a day, so that somebody can set it right. The wait is counted in time that passes, also over restarts. Not thread-safe.
/// </summary>
internal sealed class RetentionClock
{
    private static readonly TimeSpan s_jump = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_wait = TimeSpan.FromDays(1);

    private RetentionMemory _memory;
    private long? _lastNow;
    private long _lastPassed;

    /// <summary>Goes on from what was kept.</summary>
    /// <param name="memory">What was kept; null where nothing was, of a store from before, or a new one.</param>
    /// <param name="hasPoints">Whether the store holds points: of a new one there is nothing to fear for.</param>
    public RetentionClock(RetentionMemory? memory, bool hasPoints)
    {
        _memory = memory ?? new RetentionMemory(0, 0, hasPoints ? s_wait.Ticks : 0);
        Reason = memory is null && hasPoints ? "it is not known when these points arrived" : "the clock jumped before the restart";
    }

    /// <summary>What is to be kept.</summary>
    public RetentionMemory Memory => _memory;

    /// <summary>Why it waits.</summary>
    public string Reason { get; private set; }

    /// <summary>How long deleting by age still waits; zero where it does not.</summary>
    public TimeSpan Wait => TimeSpan.FromTicks(_memory.Wait);

    /// <summary>Takes note of a moment.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="passed">A clock that nobody sets, in ticks.</param>
    /// <param name="arrivedAt">When the newest point arrived, by the wall clock in UTC ticks; 0 where none has since the start.</param>
    /// <returns>The time from which the age of points is counted, in UTC ticks; null while it waits, or does not know.</returns>
    public long? Step(long now, long passed, long arrivedAt)
    {
        if (_lastNow is { } last)
        {
            var gone = Math.Max(passed - _lastPassed, 0);
            _memory = _memory with { Wait = Math.Max(_memory.Wait - gone, 0) };
            NoteJump(now - last - gone, s_wait.Ticks);
        }
        else if (_memory.SeenAt != 0)
        {
            // It was off meanwhile, or the clock was set: nobody can tell. A wait that runs is not begun anew by each start.
            NoteJump(now - _memory.SeenAt, _memory.Wait > 0 ? _memory.Wait : s_wait.Ticks);
        }

        (_lastNow, _lastPassed) = (now, passed);
        _memory = _memory with { SeenAt = now, ArrivedAt = arrivedAt != 0 ? arrivedAt : _memory.ArrivedAt };
        return _memory.Wait > 0 || _memory.ArrivedAt == 0 ? null : Math.Min(now, _memory.ArrivedAt);
    }

    private void NoteJump(long by, long wait)
    {
        if (Math.Abs(by) <= s_jump.Ticks) return;
        _memory = _memory with { Wait = wait };
        Reason = FormattableString.Invariant($"the clock went {(by > 0 ? "ahead" : "back")} by {TimeSpan.FromTicks(Math.Abs(by)).TotalHours:0.#} hours at once");
    }
}
