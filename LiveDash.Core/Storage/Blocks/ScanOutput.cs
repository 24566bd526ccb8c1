using System.Buffers;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The rented columns that a scan fills and hands out, block by block. Used by one scan.</summary>
internal sealed class ScanOutput : IDisposable
{
    /// <summary>How many points a block handed out holds at most.</summary>
    public const int Capacity = 4096;

    private readonly long[] _ids = ArrayPool<long>.Shared.Rent(Capacity);
    private readonly int[] _series = ArrayPool<int>.Shared.Rent(Capacity);
    private readonly long[] _times = ArrayPool<long>.Shared.Rent(Capacity);
    private readonly double[] _values = ArrayPool<double>.Shared.Rent(Capacity);
    private double[]? _x;
    private double[]? _y;
    private bool _located;
    private ulong[]? _senders;
    private bool _sent;
    private SummaryColumns? _summaries;
    private bool _summed;

    /// <summary>How many points stand in it.</summary>
    public int Count { get; private set; }

    /// <summary>How many more it takes.</summary>
    public int Room => Capacity - Count;

    /// <summary>What stands in it.</summary>
    public PointBlock Block => new()
    {
        Ids = _ids.AsMemory(0, Count),
        Series = _series.AsMemory(0, Count),
        Times = _times.AsMemory(0, Count),
        Values = _values.AsMemory(0, Count),
        X = _located ? _x.AsMemory(0, Count) : default,
        Y = _located ? _y.AsMemory(0, Count) : default,
        Senders = _sent ? _senders.AsMemory(0, Count) : default,
        Counts = _summed ? _summaries!.Count.AsMemory(0, Count) : default,
        Least = _summed ? _summaries!.Min.AsMemory(0, Count) : default,
        Greatest = _summed ? _summaries!.Max.AsMemory(0, Count) : default,
        Sums = _summed ? _summaries!.Sum.AsMemory(0, Count) : default,
    };

    /// <summary>The time and id of the last point in it.</summary>
    public (long Ticks, long Id) Last => (_times[Count - 1], _ids[Count - 1]);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Count = 0;
        _located = _sent = _summed = false;
    }

    /// <summary>Takes the next points of a cursor.</summary>
    public void Take(ScanCursor cursor, int count)
    {
        var at = cursor.Position;
        if (cursor.Located && !_located) UseLocations();
        if (count == 1)
        {
            _ids[Count] = cursor.Ids[at];
            _times[Count] = cursor.Times[at];
            _values[Count] = cursor.Values[at];
            _series[Count] = cursor.Series;
        }
        else
        {
            Array.Copy(cursor.Ids, at, _ids, Count, count);
            Array.Copy(cursor.Times, at, _times, Count, count);
            Array.Copy(cursor.Values, at, _values, Count, count);
            _series.AsSpan(Count, count).Fill(cursor.Series);
        }

        if (_located)
        {
            TakeLocations(cursor.Located ? cursor.X : null, _x!, at, count);
            TakeLocations(cursor.Located ? cursor.Y : null, _y!, at, count);
        }

        if (_sent || cursor.Sent) TakeSenders(cursor, at, count);
        if (_summed || cursor.Summed) TakeSummaries(cursor, at, count);
        Count += count;
        cursor.Position += count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_ids);
        ArrayPool<int>.Shared.Return(_series);
        ArrayPool<long>.Shared.Return(_times);
        ArrayPool<double>.Shared.Return(_values);
        if (_x is not null) ArrayPool<double>.Shared.Return(_x);
        if (_y is not null) ArrayPool<double>.Shared.Return(_y);
        if (_senders is not null) ArrayPool<ulong>.Shared.Return(_senders);
    }

    private void TakeLocations(double[]? from, double[] to, int at, int count)
    {
        if (from is null) to.AsSpan(Count, count).Fill(double.NaN);
        else Array.Copy(from, at, to, Count, count);
    }

    private void TakeSenders(ScanCursor cursor, int at, int count)
    {
        if (!_sent)
        {
            _senders ??= ArrayPool<ulong>.Shared.Rent(Capacity);
            _senders.AsSpan(0, Count).Clear();
            _sent = true;
        }

        if (cursor.Sent) Array.Copy(cursor.Senders!, at, _senders!, Count, count);
        else _senders.AsSpan(Count, count).Clear();
    }

    private void TakeSummaries(ScanCursor cursor, int at, int count)
    {
        if (!_summed)
        {
            _summaries ??= new SummaryColumns(Capacity);
            _summaries.Fill(_values.AsSpan(0, Count), 0);
            _summed = true;
        }

        if (cursor.Summed) _summaries!.Take(cursor.Summaries!, at, Count, count);
        else _summaries!.Fill(_values.AsSpan(Count, count), Count);
    }

    private void UseLocations()
    {
        _x ??= ArrayPool<double>.Shared.Rent(Capacity);
        _y ??= ArrayPool<double>.Shared.Rent(Capacity);
        _x.AsSpan(0, Count).Fill(double.NaN);
        _y.AsSpan(0, Count).Fill(double.NaN);
        _located = true;
    }
}
