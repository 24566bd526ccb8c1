namespace LiveDash.Core.Statistics;

/// <summary>The mean of a series in each of some equal stretches of time. Memory: 16 bytes a stretch. Not thread-safe.</summary>
/// <param name="from">Where the first stretch begins, UTC ticks.</param>
/// <param name="width">How long each is, in ticks.</param>
/// <param name="count">How many there are.</param>
internal sealed class BucketMeans(long from, long width, int count)
{
    private readonly double[] _means = new double[count];
    private readonly long[] _counts = new long[count];

    /// <summary>True where the stretch has a value.</summary>
    internal bool Has(int bucket) => _counts[bucket] > 0;

    /// <summary>The stretch's mean.</summary>
    internal double this[int bucket] => _means[bucket];

    /// <summary>Takes a value; what lies outside belongs to the nearest stretch.</summary>
    /// <param name="ticks">When.</param>
    /// <param name="value">The value, or the mean of several.</param>
    /// <param name="weight">Of how many.</param>
    internal void Add(long ticks, double value, long weight = 1)
    {
        var bucket = (int)Math.Clamp((ticks - from) / width, 0, _means.Length - 1);
        _means[bucket] = RunningMean.Next(_means[bucket], _counts[bucket] += weight, value, weight);
    }
}
