namespace LiveDash.Core.Engine;

// Anomaly detectors of series.
public sealed partial class LiveEngine
{
    /// <summary>How many detectors run.</summary>
    public int Detectors => _shards.Sum(static shard => shard.Detectors.Count);

    /// <summary>Leases a series' anomaly detector, which learns from the stored past first. Leases of a series and its rules share it.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="width">How long the columns of its trace are; zero for no trace. What no reader asked for yet makes it judge the past anew.</param>
    /// <param name="columns">How many columns the trace has, 1 to 10,000.</param>
    /// <param name="signal">Is raised when a bar was judged; null when nobody waits.</param>
    public DetectorLease LeaseDetector(int series, TimeSpan width = default, int columns = 1, ChangeSignal? signal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 10_000);
        return new(Shard(series), series, width.Ticks, columns, signal);
    }

    /// <summary>Leases a forecast of a series, which learns from the stored past first; its rules share it.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="horizon">How far ahead; zero for the trend alone.</param>
    /// <param name="signal">Is raised when a bar was judged; null when nobody waits.</param>
    public DetectorLease LeaseForecast(int series, TimeSpan horizon, ChangeSignal? signal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, TimeSpan.Zero);
        return new(Shard(series), series, 0, 1, signal, horizon);
    }
}
