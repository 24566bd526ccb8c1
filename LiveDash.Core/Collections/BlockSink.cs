using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Collections;

/// <summary>Gathers points into columns that are given out as blocks. Used by one reader.</summary>
internal sealed class BlockSink(Admission admission) : ISeriesSink
{
    /// <summary>How many points a block holds at most, beyond what one document adds.</summary>
    public const int Capacity = 4096;

    private const int Most = Capacity + 64;

    private readonly long[] _ids = new long[Most];
    private readonly int[] _series = new int[Most];
    private readonly long[] _times = new long[Most];
    private readonly double[] _values = new double[Most];
    private readonly double[] _x = new double[Most];
    private readonly double[] _y = new double[Most];
    private long _number;
    private bool _located;

    /// <summary>How many points stand in it.</summary>
    public int Count { get; private set; }

    /// <summary>What stands in it.</summary>
    public PointBlock Block => new()
    {
        Ids = _ids.AsMemory(0, Count), Series = _series.AsMemory(0, Count), Times = _times.AsMemory(0, Count), Values = _values.AsMemory(0, Count),
        X = _located ? _x.AsMemory(0, Count) : default, Y = _located ? _y.AsMemory(0, Count) : default,
    };

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Count = 0;
        _located = false;
    }

    /// <inheritdoc/>
    public bool TryIntern(string name, List<KeyValuePair<string, string>> tags, out int series, out RejectReason reason)
    {
        var taken = admission.TryAdmitSeries(name, tags, out series, out var fault);
        reason = fault.Reason;
        return taken;
    }

    /// <inheritdoc/>
    public void Add(long? id, int series, long ticks, double value, double x, double y)
    {
        var i = Count++;
        _ids[i] = id ?? ++_number;
        _series[i] = series;
        _times[i] = ticks;
        _values[i] = value;
        _x[i] = x;
        _y[i] = y;
        _located |= !double.IsNaN(x);
    }
}
