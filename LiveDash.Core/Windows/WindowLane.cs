using System.Runtime.CompilerServices;

namespace LiveDash.Core.Windows;

/// <summary>
/// The short way to where a window starts, for as long as its first point stays in one leaf and the log's only change is points added to its open
/// leaf: laid down after the long way was gone, and good while <see cref="PointLog.Version"/> stays. Not thread-safe.
/// </summary>
internal struct WindowLane
{
    private int _version;
    private bool _isCount;
    private int _offset;
    private int _points;
    private int _most;
    private long[] _times;
    private long _from;
    private long _until;
    private long _span;

    /// <summary>Leads nowhere.</summary>
    public static WindowLane None => new() { _version = -1, _times = [] };

    /// <summary>For a full count window: with each point in the open leaf, one leaves <paramref name="first"/>.</summary>
    public static WindowLane ByCount(PointLog log, Leaf first, int offset, int count) => new()
    {
        _version = log.Version,
        _isCount = true,
        _offset = offset - log.Open.Count,
        _most = first.Count,
        _points = count,
        _times = first.Times,
    };

    /// <summary>
    /// For a window that holds the points later than <paramref name="span"/> before now, as long as now is from <paramref name="from"/> to before
    /// <paramref name="until"/>, at which the last point of <paramref name="first"/> still counts.
    /// </summary>
    public static WindowLane ByTime(PointLog log, Leaf first, int offset, int count, int most, long from, long until, long span) => new()
    {
        _version = log.Version,
        _offset = offset,
        _points = count - log.Open.Count + offset,
        _most = most,
        _times = first.Times,
        _from = from,
        _until = until,
        _span = span,
    };

    /// <summary>Where in its leaf the window starts now and how many points it holds; false where the long way has to be gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPlace(PointLog log, out int offset, out int count)
    {
        offset = _offset;
        count = _points;
        if (_version != log.Version) return false;
        if (_isCount)
        {
            offset += log.Open.Count;
            return offset < _most;
        }

        var now = log.Now;
        if (now < _from || now >= _until) return false;
        var after = now - _span;
        while (_times[offset] <= after) offset++;
        count += log.Open.Count - offset;
        if (count > _most) return false;
        _offset = offset;
        _from = now;
        return true;
    }
}
