namespace LiveDash.Core.Engine;

/// <summary>
/// The newest located points of one series, numbered from 0 in the order of arrival. One writer, any number of readers without a lock;
/// a reader that falls more than the capacity behind loses the oldest and is told how many. Bounded by its capacity, overwriting the oldest.
/// </summary>
public sealed class LocatedRing
{
    private readonly LocatedPoint[] _points;
    private readonly int _mask;
    private long _next;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="capacity">How many points are kept; rounded up to a power of two.</param>
    public LocatedRing(int capacity)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2));
        _points = new LocatedPoint[size];
        _mask = size - 1;
    }

    /// <summary>The number the next point will get.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Adds a point.</summary>
    public void Add(in LocatedPoint point)
    {
        _points[_next & _mask] = point;
        Volatile.Write(ref _next, _next + 1);
    }

    /// <summary>Copies the points numbered from <paramref name="from"/>, the newest capacity/2 of them at most.</summary>
    /// <param name="from">The number to begin at; becomes the one to ask for next time.</param>
    /// <param name="into">Takes the points in the order of arrival.</param>
    /// <returns>How many were lost because the reader was too slow.</returns>
    public long CopySince(ref long from, List<LocatedPoint> into)
    {
        // Half of the ring stays free for what is written during the copy.
        var next = Volatile.Read(ref _next);
        var first = Math.Max(from, next - (_points.Length / 2));
        var begin = into.Count;
        for (var i = first; i < next; i++) into.Add(_points[i & _mask]);
        Interlocked.MemoryBarrier();
        // The slot being written now may already be torn, hence the one more.
        var valid = Volatile.Read(ref _next) + 1 - _points.Length;
        if (valid > first)
        {
            var torn = (int)Math.Min(valid - first, next - first);
            into.RemoveRange(begin, torn);
            first += torn;
        }

        var lost = first - from;
        from = next;
        return lost;
    }
}
