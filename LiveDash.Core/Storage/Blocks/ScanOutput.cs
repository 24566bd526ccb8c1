using System.Buffers;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The rented columns that a scan fills and hands out, block by block, and those in which it puts points in order before. Used by one scan.</summary>
internal sealed class ScanOutput : IDisposable
{
    /// <summary>How many points a block handed out holds at most.</summary>
    public const int BlockPoints = 4096;

    private int _capacity;
    private long[] _ids = [];
    private int[] _series = [];
    private long[] _times = [];
    private double[] _values = [];
    private double[]? _x;
    private double[]? _y;
    private bool _located;
    private ulong[]? _senders;
    private bool _sent;
    private SummaryColumns? _summaries;
    private bool _summed;

    /// <summary>Makes one for so many points.</summary>
    public ScanOutput(int capacity = BlockPoints) => Reserve(capacity);

    /// <summary>How many points stand in it.</summary>
    public int Count { get; private set; }

    /// <summary>How many more it takes.</summary>
    public int Room => _capacity - Count;

    /// <summary>The event times of what stands in it.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The ids of what stands in it.</summary>
    public ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

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

    /// <summary>Empties it, and makes room for so many points at least.</summary>
    public void Reserve(int capacity)
    {
        Clear();
        if (capacity <= _capacity) return;
        Return();
        _ids = ArrayPool<long>.Shared.Rent(capacity);
        _series = ArrayPool<int>.Shared.Rent(capacity);
        _times = ArrayPool<long>.Shared.Rent(capacity);
        _values = ArrayPool<double>.Shared.Rent(capacity);
        _capacity = capacity;
    }

    /// <summary>Takes points out of another one, in the order of some of their places there.</summary>
    public void Take(ScanOutput from, ReadOnlySpan<int> places)
    {
        Pick(from._ids, places, _ids.AsSpan(Count));
        Pick(from._series, places, _series.AsSpan(Count));
        Pick(from._times, places, _times.AsSpan(Count));
        Pick(from._values, places, _values.AsSpan(Count));
        if (from._located && !_located) UseLocations();
        if (_located)
        {
            PickLocations(from._located ? from._x : null, places, _x.AsSpan(Count, places.Length));
            PickLocations(from._located ? from._y : null, places, _y.AsSpan(Count, places.Length));
        }

        if (from._sent) Pick(from._senders!, places, UseSenders().AsSpan(Count));
        else if (_sent) _senders.AsSpan(Count, places.Length).Clear();
        if (from._summed) UseSummaries().Take(from._summaries!, places, Count);
        else if (_summed) _summaries!.Fill(_values.AsSpan(Count, places.Length), Count);
        Count += places.Length;
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
    public void Dispose() => Return();

    private static void Pick<T>(T[] from, ReadOnlySpan<int> places, Span<T> to)
    {
        to = to[..places.Length];
        for (var i = 0; i < to.Length; i++) to[i] = from[places[i]];
    }

    private static void PickLocations(double[]? from, ReadOnlySpan<int> places, Span<double> to)
    {
        if (from is null) to.Fill(double.NaN);
        else Pick(from, places, to);
    }

    private void TakeLocations(double[]? from, double[] to, int at, int count)
    {
        if (from is null) to.AsSpan(Count, count).Fill(double.NaN);
        else Array.Copy(from, at, to, Count, count);
    }

    private void TakeSenders(ScanCursor cursor, int at, int count)
    {
        var senders = UseSenders();
        if (cursor.Sent) Array.Copy(cursor.Senders!, at, senders, Count, count);
        else senders.AsSpan(Count, count).Clear();
    }

    private void TakeSummaries(ScanCursor cursor, int at, int count)
    {
        var summaries = UseSummaries();
        if (cursor.Summed) summaries.Take(cursor.Summaries!, at, Count, count);
        else summaries.Fill(_values.AsSpan(Count, count), Count);
    }

    private void UseLocations()
    {
        _x ??= ArrayPool<double>.Shared.Rent(_capacity);
        _y ??= ArrayPool<double>.Shared.Rent(_capacity);
        _x.AsSpan(0, Count).Fill(double.NaN);
        _y.AsSpan(0, Count).Fill(double.NaN);
        _located = true;
    }

    private ulong[] UseSenders()
    {
        if (_sent) return _senders!;
        _senders ??= ArrayPool<ulong>.Shared.Rent(_capacity);
        _senders.AsSpan(0, Count).Clear();
        _sent = true;
        return _senders;
    }

    private SummaryColumns UseSummaries()
    {
        if (_summed) return _summaries!;
        _summaries ??= new SummaryColumns(_capacity);
        _summaries.Fill(_values.AsSpan(0, Count), 0);
        _summed = true;
        return _summaries;
    }

    private void Return()
    {
        if (_capacity == 0) return;
        _capacity = 0;
        ArrayPool<long>.Shared.Return(_ids);
        ArrayPool<int>.Shared.Return(_series);
        ArrayPool<long>.Shared.Return(_times);
        ArrayPool<double>.Shared.Return(_values);
        if (_x is not null) ArrayPool<double>.Shared.Return(_x);
        if (_y is not null) ArrayPool<double>.Shared.Return(_y);
        if (_senders is not null) ArrayPool<ulong>.Shared.Return(_senders);
        // So that none is returned twice where a rent throws.
        (_ids, _series, _times, _values) = ([], [], [], []);
        (_x, _y, _senders, _summaries) = (null, null, null, null);
    }
}
