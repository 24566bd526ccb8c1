namespace LiveDash.Core.Engine;

/// <summary>
/// The windows of one shard that somebody has asked for once and nobody holds: who asks again within 15 s, as a script that polls does, finds them as the points that came meanwhile made
/// them, instead of reading their past from the store each time. Used by the shard's loop alone.
/// </summary>
internal sealed class LingeringWindows
{
    /// <summary>How many there may be; one more is not kept. Would it put out the one that was not asked for the longest, who asks for one more than these in turn found none of them.</summary>
    public const int MaxWindows = 64;

    /// <summary>A window of more points is dropped at once: 64 of these take some 15 MB, a shard.</summary>
    public const int MaxPoints = 10_000;

    /// <summary>How long one stays that nobody asks for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<(WindowRequest Request, WindowCell Cell, long AskedAt)> _all = [];

    /// <summary>Keeps a window for a while.</summary>
    /// <param name="request">What it was asked for.</param>
    /// <param name="cell">The window.</param>
    /// <param name="now">The wall clock, in UTC ticks.</param>
    /// <returns>False where it is not kept.</returns>
    public bool Keep(WindowRequest request, WindowCell cell, long now)
    {
        if (cell.IsWaiting || cell.Window.Count > MaxPoints) return false;
        _all.RemoveAll(one => one.Cell == cell);
        if (_all.Count == MaxWindows) return false;
        _all.Add((request, cell, now));
        return true;
    }

    /// <summary>Whether a window is kept here.</summary>
    public bool Holds(WindowCell cell) => _all.Exists(one => one.Cell == cell);

    /// <summary>Drops those whose time is up; one that is held again by somebody is his.</summary>
    public void Sweep(long now, Action<WindowRequest> drop)
    {
        // A clock that was set back ends it, too.
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            var (request, cell, askedAt) = _all[i];
            if (now >= askedAt && now - askedAt < Patience.Ticks && cell.Window.Count <= MaxPoints) continue;
            _all.RemoveAt(i);
            drop(request);
        }
    }
}
