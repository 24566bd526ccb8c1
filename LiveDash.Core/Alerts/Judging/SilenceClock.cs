namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Decides when the silence of a series is kept: seldom, but always before a rule takes it for absence, so that a restart does not make it begin anew.
/// Used by one shard's loop alone.
/// </summary>
/// <param name="before">How long it had been silent before the start, in ticks.</param>
internal sealed class SilenceClock(long before)
{
    private static readonly long Grain = TimeSpan.FromSeconds(5).Ticks;

    // What rules in force take for absence, and how many of them: as many as there are other durations for one series.
    private readonly SortedDictionary<long, int> _absences = [];
    private long _kept = before;

    /// <summary>How long it had been silent before the start, in ticks.</summary>
    public long Before { get; private set; } = before;

    /// <summary>Nobody listened meanwhile: what was seen before says nothing any more.</summary>
    public void Forget() => Before = 0;

    /// <summary>A rule takes a silence longer than this for absence.</summary>
    public void Follow(long after) => _absences[after] = _absences.GetValueOrDefault(after) + 1;

    /// <summary>A rule does so no more.</summary>
    public void Unfollow(long after)
    {
        if (--_absences[after] == 0) _absences.Remove(after);
    }

    /// <summary>True while any rule asks for it.</summary>
    public bool IsFollowed => _absences.Count > 0;

    /// <summary>True where something of it is kept.</summary>
    public bool IsKept => _kept > 0;

    /// <summary>True where another figure is to be kept now.</summary>
    /// <param name="quiet">How long it is silent now, in ticks.</param>
    /// <param name="isAll">True before the end: the exact figure is kept.</param>
    /// <param name="kept">What is to be kept; 0 for nothing any more.</param>
    public bool IsDue(long quiet, bool isAll, out long kept)
    {
        var shortest = _absences.Keys.First();
        // What sends again and again is silent for a while each time: that is not worth a write.
        kept = isAll || quiet >= shortest / 4 ? quiet : 0;
        var isBegun = _absences.Keys.Any(after => quiet > after && _kept <= after);
        var isFar = kept < _kept || kept - _kept >= Math.Max(Grain, shortest / 50);
        // Beyond the longest there is nothing left to wait for.
        var isOver = _kept > _absences.Keys.Last() && quiet > _kept;
        if (kept == _kept || !(isBegun || (isFar && !isOver) || (isAll && !isOver))) return false;
        _kept = kept;
        return true;
    }
}
