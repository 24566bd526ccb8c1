using System.Numerics;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Columns of points in memory that were sealed, for those that come next. A series' columns live long enough to leave the collector's youngest generation: without this, a million points a second
/// leave tens of megabytes a second to its rarest and dearest work. Not thread-safe: used under the lock of <see cref="StoreIndex"/>.
/// </summary>
/// <param name="maxPoints">For how many points it keeps columns at most; past it what was kept is forgotten, since it may be of sizes that nobody wants any more.</param>
internal sealed class ColumnPool(int maxPoints)
{
    private readonly Dictionary<int, Stack<PointColumns>> _free = [];

    /// <summary>For how many points columns are kept now.</summary>
    public int Kept { get; private set; }

    /// <summary>Empty columns with room for so many points, or up to a quarter more.</summary>
    public PointColumns Rent(int points)
    {
        var capacity = RoundUp(points);
        if (!_free.TryGetValue(capacity, out var kept) || !kept.TryPop(out var columns)) return new PointColumns(capacity);
        Kept -= capacity;
        return columns;
    }

    /// <summary>Keeps columns that nobody reads any more.</summary>
    public void Return(PointColumns columns)
    {
        var capacity = columns.Capacity;
        if (capacity > maxPoints || capacity != RoundUp(capacity)) return;
        if (Kept + capacity > maxPoints)
        {
            _free.Clear();
            Kept = 0;
        }

        columns.Clear();
        if (!_free.TryGetValue(capacity, out var kept)) _free.Add(capacity, kept = new Stack<PointColumns>());
        kept.Push(columns);
        Kept += capacity;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _free.Clear();
        Kept = 0;
    }

    // Four sizes between a power of two and the next, which doubling leads from one to another.
    private static int RoundUp(int points)
    {
        points = Math.Max(points, 16);
        var step = 1 << (BitOperations.Log2((uint)points) - 2);
        return (points + step - 1) / step * step;
    }
}
