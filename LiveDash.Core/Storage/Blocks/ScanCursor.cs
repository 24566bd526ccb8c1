using System.Buffers;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// The points of one place (a sealed block, or a series' points in memory) that a scan wants, in the order it wants them, a group at a time
/// in rented columns. Used by one scan.
/// </summary>
internal abstract class ScanCursor : IDisposable
{
    /// <summary>How many points a group holds at most.</summary>
    public const int GroupPoints = 512;

    private readonly ScanFilter _filter;
    private bool _disposed;

    protected ScanCursor(int series, ScanFilter filter, int capacity = GroupPoints)
    {
        Series = series;
        _filter = filter;
        Capacity = capacity;
        Times = ArrayPool<long>.Shared.Rent(capacity);
        Ids = ArrayPool<long>.Shared.Rent(capacity);
        Values = ArrayPool<double>.Shared.Rent(capacity);
    }

    /// <summary>How many points this cursor's groups hold at most.</summary>
    public int Capacity { get; }

    /// <summary>The series of all its points.</summary>
    public int Series { get; }

    /// <summary>Event times of the group.</summary>
    public long[] Times { get; }

    /// <summary>Ids of the group.</summary>
    public long[] Ids { get; }

    /// <summary>Values of the group.</summary>
    public double[] Values { get; }

    /// <summary>Locations of the group; rented when the first is met.</summary>
    public double[]? X { get; private set; }

    /// <summary>Locations of the group; rented when the first is met.</summary>
    public double[]? Y { get; private set; }

    /// <summary>Hashes of the senders' ids of the group; rented when the first is met.</summary>
    public ulong[]? Senders { get; private set; }

    /// <summary>What rows of the group say that stand for several points; made when the first is met.</summary>
    public SummaryColumns? Summaries { get; private set; }

    /// <summary>True when the group has such rows in <see cref="Summaries"/>.</summary>
    public bool Summed { get; private set; }

    /// <summary>True when the group has hashes in <see cref="Senders"/>.</summary>
    public bool Sent { get; private set; }

    /// <summary>True when the group has locations in <see cref="X"/> and <see cref="Y"/>.</summary>
    public bool Located { get; private set; }

    /// <summary>The next point's place in the columns.</summary>
    public int Position { get; set; }

    /// <summary>Where the group ends.</summary>
    public int End { get; private set; }

    /// <summary>Loads the next group that has a wanted point; false at the end.</summary>
    public bool Load()
    {
        while (true)
        {
            Located = Sent = Summed = false;
            var count = Fill();
            if (count == 0) return false;
            Cut(count);
            if (Position < End) return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        ArrayPool<long>.Shared.Return(Times);
        ArrayPool<long>.Shared.Return(Ids);
        ArrayPool<double>.Shared.Return(Values);
        if (X is not null) ArrayPool<double>.Shared.Return(X);
        if (Y is not null) ArrayPool<double>.Shared.Return(Y);
        if (Senders is not null) ArrayPool<ulong>.Shared.Return(Senders);
        Release();
    }

    /// <summary>Fills the columns with the next group, ascending by (time, id) within it; 0 at the end.</summary>
    protected abstract int Fill();

    /// <summary>Gives back what else was rented.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Makes the location columns ready for a group that has some.</summary>
    protected void UseLocations()
    {
        X ??= ArrayPool<double>.Shared.Rent(Capacity);
        Y ??= ArrayPool<double>.Shared.Rent(Capacity);
        Located = true;
    }

    /// <summary>Makes the column of hashes ready for a group that has some.</summary>
    protected void UseSenders()
    {
        Senders ??= ArrayPool<ulong>.Shared.Rent(Capacity);
        Sent = true;
    }

    /// <summary>Makes the columns of summaries ready for a group that has some.</summary>
    protected SummaryColumns UseSummaries()
    {
        Summed = true;
        return Summaries ??= new SummaryColumns(Capacity);
    }

    private void Cut(int count)
    {
        var times = Times.AsSpan(0, count);
        Position = LowerBound(times, _filter.From);
        End = times[^1] < _filter.To ? count : LowerBound(times, _filter.To);
        if (Position >= End) return;
        if (_filter.TestsPoints(Max(Ids.AsSpan(Position, End - Position)), times[Position], times[End - 1])) Keep();
        if (_filter.Descending) Reverse();
    }

    private void Keep()
    {
        if (_filter.LocatedOnly && !Located)
        {
            End = Position;
            return;
        }

        var kept = Position;
        for (var i = Position; i < End; i++)
        {
            if (!_filter.Wants(Times[i], Ids[i], Located ? X![i] : double.NaN, Located ? Y![i] : double.NaN)) continue;
            (Times[kept], Ids[kept], Values[kept]) = (Times[i], Ids[i], Values[i]);
            if (Located) (X![kept], Y![kept]) = (X[i], Y[i]);
            if (Sent) Senders![kept] = Senders[i];
            if (Summed) Summaries!.Move(i, kept);
            kept++;
        }

        End = kept;
    }

    private void Reverse()
    {
        var count = End - Position;
        Array.Reverse(Times, Position, count);
        Array.Reverse(Ids, Position, count);
        Array.Reverse(Values, Position, count);
        if (Sent) Array.Reverse(Senders!, Position, count);
        if (Summed) Summaries!.Reverse(Position, count);
        if (!Located) return;
        Array.Reverse(X!, Position, count);
        Array.Reverse(Y!, Position, count);
    }

    private static int LowerBound(ReadOnlySpan<long> sorted, long value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static long Max(ReadOnlySpan<long> values)
    {
        var max = long.MinValue;
        foreach (var value in values) max = Math.Max(max, value);
        return max;
    }
}
