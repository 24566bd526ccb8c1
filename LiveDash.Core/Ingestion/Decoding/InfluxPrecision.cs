namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>What one unit of a line's timestamp is. Immutable.</summary>
public sealed class InfluxPrecision
{
    private static readonly InfluxPrecision s_seconds = new("s", TimeSpan.TicksPerSecond, EpochUnit.S);
    private static readonly InfluxPrecision s_milliseconds = new("ms", TimeSpan.TicksPerMillisecond, EpochUnit.Ms);
    private static readonly InfluxPrecision s_microseconds = new("us", TimeSpan.TicksPerMicrosecond, EpochUnit.Us);
    private readonly long _ticks;
    private readonly long _perTick;

    private InfluxPrecision(string name, long ticks, EpochUnit unit, long perTick = 1)
    {
        Name = name;
        Unit = unit;
        _ticks = ticks;
        _perTick = perTick;
    }

    /// <summary>Nanoseconds, the default; what is below 100 ns is cut off.</summary>
    public static InfluxPrecision Nanoseconds { get; } = new("ns", 1, EpochUnit.Ns, 100);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The unit of an epoch time that it is; auto where it is guessed, and for minutes and hours, of which no time of today can be mistaken for an old one.</summary>
    public EpochUnit Unit { get; }

    /// <summary>Reads what a client says: <c>n ns u us ms s m h</c>, of InfluxDB 1.x and 2.x, <c>nanosecond</c> to <c>second</c> and <c>auto</c> of 3.x; empty is nanoseconds.</summary>
    public static InfluxPrecision? Parse(string? text) => text switch
    {
        null or "" or "n" or "ns" or "nanosecond" => Nanoseconds,
        "u" or "us" or "µ" or "microsecond" => s_microseconds,
        "ms" or "millisecond" => s_milliseconds,
        "s" or "second" => s_seconds,
        "m" => new("m", TimeSpan.TicksPerMinute, EpochUnit.Auto),
        "h" => new("h", TimeSpan.TicksPerHour, EpochUnit.Auto),
        "auto" => new("auto", 0, EpochUnit.Auto),
        _ => null,
    };

    /// <summary>Turns a timestamp into UTC ticks; false outside the years 1 to 9999.</summary>
    public bool TryToTicks(long timestamp, out long ticks)
    {
        // As InfluxDB 3 guesses: each unit until the year 2128 of it.
        if (_ticks == 0) return Guess(timestamp < 0 ? -(timestamp + 1) : timestamp).TryToTicks(timestamp, out ticks);
        // Nanoseconds divide, the others multiply; neither needs more than 64 bits where the year is 1 to 9999.
        var bound = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / _ticks * _perTick;
        if (_perTick == 1 && (timestamp > bound || timestamp < -bound))
        {
            ticks = 0;
            return false;
        }

        ticks = (timestamp * _ticks / _perTick) + DateTime.UnixEpoch.Ticks;
        if (ticks >= DateTime.MinValue.Ticks) return true;
        ticks = 0;
        return false;
    }

    private static InfluxPrecision Guess(long magnitude) => magnitude switch
    {
        < 5_000_000_000 => s_seconds,
        < 5_000_000_000_000 => s_milliseconds,
        < 5_000_000_000_000_000 => s_microseconds,
        _ => Nanoseconds,
    };
}
