namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>What one unit of a line's timestamp is. Immutable.</summary>
public sealed class InfluxPrecision
{
    private readonly long _ticks;
    private readonly long _perTick;

    private InfluxPrecision(string name, long ticks, long perTick = 1)
    {
        Name = name;
        _ticks = ticks;
        _perTick = perTick;
    }

    /// <summary>Nanoseconds, the default; what is below 100 ns is cut off.</summary>
    public static InfluxPrecision Nanoseconds { get; } = new("ns", 1, 100);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Reads what a client says: <c>n ns u us ms s m h</c>, of InfluxDB 1.x and 2.x; empty is nanoseconds.</summary>
    public static InfluxPrecision? Parse(string? text) => text switch
    {
        null or "" or "n" or "ns" => Nanoseconds,
        "u" or "us" or "µ" => new("us", TimeSpan.TicksPerMicrosecond),
        "ms" => new("ms", TimeSpan.TicksPerMillisecond),
        "s" => new("s", TimeSpan.TicksPerSecond),
        "m" => new("m", TimeSpan.TicksPerMinute),
        "h" => new("h", TimeSpan.TicksPerHour),
        _ => null,
    };

    /// <summary>Turns a timestamp into UTC ticks; false outside the years 1 to 9999.</summary>
    public bool TryToTicks(long timestamp, out long ticks)
    {
        var exact = (Int128)timestamp * _ticks / _perTick + DateTime.UnixEpoch.Ticks;
        var inside = exact >= DateTime.MinValue.Ticks && exact <= DateTime.MaxValue.Ticks;
        ticks = inside ? (long)exact : 0;
        return inside;
    }
}
