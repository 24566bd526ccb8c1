namespace LiveDash.Core.Engine;

/// <summary>
/// Points of one shard whose time lies more than a second ahead of the server's clock: they are stored and drawn, and wait here until windows and rules may
/// see them, so that one wrong clock does not make all that follows look late. Owned by the shard. Bounded by <see cref="MaxPoints"/>: a point past
/// it is kept out of windows and rules, and counted; a window that is rebuilt later reads it from the store.
/// </summary>
internal sealed class AheadPoints
{
    /// <summary>How many points may wait.</summary>
    public const int MaxPoints = 65_536;

    private readonly PriorityQueue<(int Local, double Value), (long Time, long Order)> _waiting = new();
    private long _order;
    private long _refused;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>How many found no place.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Takes a point of a series, by the shard's own numbering.</summary>
    public void Add(int local, long time, double value)
    {
        if (_waiting.Count >= MaxPoints) Volatile.Write(ref _refused, _refused + 1);
        else _waiting.Enqueue((local, value), (time, _order++));
    }

    /// <summary>Gives the earliest point back that is due.</summary>
    /// <param name="limit">Up to which time points are due, in UTC ticks.</param>
    /// <param name="local">Its series.</param>
    /// <param name="time">Its event time.</param>
    /// <param name="value">Its value.</param>
    public bool TryTake(long limit, out int local, out long time, out double value)
    {
        var isDue = _waiting.TryPeek(out var point, out var place) && place.Time <= limit;
        (local, value, time) = (point.Local, point.Value, place.Time);
        if (isDue) _waiting.Dequeue();
        return isDue;
    }

    /// <summary>Forgets what waits of a series, before it is read anew.</summary>
    public void Remove(int local)
    {
        var rest = _waiting.UnorderedItems.Where(item => item.Element.Local != local).ToList();
        if (rest.Count == _waiting.Count) return;
        _waiting.Clear();
        _waiting.EnqueueRange(rest);
    }
}
