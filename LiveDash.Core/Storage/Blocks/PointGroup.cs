using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The points of one commit in columns, reused from commit to commit. Used by the writer's thread alone.</summary>
internal sealed class PointGroup
{
    private int _capacity;
    private bool _locations;
    private bool _senderIds;
    private int[] _series = [];
    private long[] _times = [];
    private double[] _values = [];
    private double[] _x = [];
    private double[] _y = [];
    private ulong[] _senders = [];

    /// <summary>How many points are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The interned series.</summary>
    public int[] Series => _series;

    /// <summary>Event times in UTC ticks.</summary>
    public long[] Times => _times;

    /// <summary>Values.</summary>
    public double[] Values => _values;

    /// <summary>Locations, NaN for none; null when there is none at all.</summary>
    public double[]? X => _locations ? _x : null;

    /// <summary>Locations, NaN for none; null when there is none at all.</summary>
    public double[]? Y => _locations ? _y : null;

    /// <summary>Hashes of the senders' ids, 0 for none; null when there is none at all.</summary>
    public ulong[]? Senders => _senderIds ? _senders : null;

    /// <summary>Empties it; the arrays stay.</summary>
    public void Clear()
    {
        Count = 0;
        _locations = _senderIds = false;
    }

    /// <summary>Adds a batch.</summary>
    public void Add(PointBatch batch)
    {
        Reserve(Count + batch.Count);
        if (batch.HasLocations) UseLocations();
        if (!batch.SenderIds.IsEmpty) UseSenders();
        var at = Count;
        batch.Series.CopyTo(_series.AsSpan(at));
        batch.Times.CopyTo(_times.AsSpan(at));
        batch.Values.CopyTo(_values.AsSpan(at));
        if (_locations)
        {
            Fill(batch.X, _x.AsSpan(at, batch.Count));
            Fill(batch.Y, _y.AsSpan(at, batch.Count));
        }

        if (_senderIds)
        {
            var senders = batch.SenderIds;
            for (var i = 0; i < batch.Count; i++) _senders[at + i] = senders.IsEmpty ? 0 : SenderHash.Of(senders[i]);
        }

        Count += batch.Count;
    }

    /// <summary>Adds one point, as read back from the log.</summary>
    public void Add(int series, long ticks, double value, double x, double y, ulong sender)
    {
        Reserve(Count + 1);
        if (!double.IsNaN(x)) UseLocations();
        if (sender != 0) UseSenders();
        _series[Count] = series;
        _times[Count] = ticks;
        _values[Count] = value;
        if (_locations) (_x[Count], _y[Count]) = (x, y);
        if (_senderIds) _senders[Count] = sender;
        Count++;
    }

    /// <summary>Takes out the points for which the answer is true, keeping the order.</summary>
    public void RemoveWhere(Func<int, bool> unwanted)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (unwanted(i)) continue;
            if (kept != i)
            {
                (_series[kept], _times[kept], _values[kept]) = (_series[i], _times[i], _values[i]);
                if (_locations) (_x[kept], _y[kept]) = (_x[i], _y[i]);
                if (_senderIds) _senders[kept] = _senders[i];
            }

            kept++;
        }

        Count = kept;
    }

    private static void Fill(ReadOnlySpan<double> from, Span<double> to)
    {
        if (from.IsEmpty) to.Fill(double.NaN);
        else from.CopyTo(to);
    }

    private void UseLocations()
    {
        if (_locations) return;
        _locations = true;
        _x.AsSpan(0, Count).Fill(double.NaN);
        _y.AsSpan(0, Count).Fill(double.NaN);
    }

    private void UseSenders()
    {
        if (_senderIds) return;
        _senderIds = true;
        _senders.AsSpan(0, Count).Clear();
    }

    private void Reserve(int count)
    {
        if (count <= _capacity) return;
        _capacity = Math.Max(count, Math.Max(_capacity * 2, 1024));
        Array.Resize(ref _series, _capacity);
        Array.Resize(ref _times, _capacity);
        Array.Resize(ref _values, _capacity);
        Array.Resize(ref _x, _capacity);
        Array.Resize(ref _y, _capacity);
        Array.Resize(ref _senders, _capacity);
    }
}
