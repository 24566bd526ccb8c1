namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>
/// The series of one histogram, and the counts of its last point, so that percentiles are of what came since. Thread-safe through its own lock.
/// </summary>
internal sealed class OtlpDistribution(int[] series, int[] buckets)
{
    /// <summary>What follows a histogram's name: <see cref="Count"/>, ... are places in it.</summary>
    public static readonly string[] Parts = [".count", ".sum", ".min", ".max", ".p50", ".p90", ".p95", ".p99"];

    /// <summary>Places in <see cref="Parts"/>.</summary>
    public const int Count = 0, Sum = 1, Min = 2, Max = 3, Percentiles = 4;

    private static readonly double[] s_shares = [0.5, 0.9, 0.95, 0.99];
    private readonly Lock _gate = new();
    // Bounded by the buckets of one point, which its message bounds; begun anew where the scale changes.
    private Dictionary<int, double> _last = [];
    private long _start;
    private int _scale;
    private double[] _new = [];

    /// <summary>The series of <see cref="Parts"/>.</summary>
    public int[] Series { get; } = series;

    /// <summary>The series of explicit buckets, by the upper bound; none for exponential ones.</summary>
    public int[] Buckets { get; } = buckets;

    /// <summary>Writes the percentiles of what came since the last point (cumulative) or of the point itself (delta), linear within a bucket.</summary>
    public void AddPercentiles(ReadOnlySpan<OtlpBucket> all, long start, int scale, bool isCumulative, double? min, double? max, long ticks, IngestSession session)
    {
        lock (_gate)
        {
            if (_new.Length < all.Length) _new = new double[all.Length];
            var total = Difference(all, start, scale, isCumulative);
            if (total <= 0) return;
            for (var i = 0; i < s_shares.Length; i++) session.Add(Series[Percentiles + i], ticks, At(all, s_shares[i] * total, min, max));
        }
    }

    private double Difference(ReadOnlySpan<OtlpBucket> all, long start, int scale, bool isCumulative)
    {
        var isReset = !isCumulative || start != _start || scale != _scale;
        for (var i = 0; i < all.Length && !isReset; i++) isReset = all[i].Count < _last.GetValueOrDefault(all[i].Id);
        var total = 0.0;
        for (var i = 0; i < all.Length; i++)
        {
            _new[i] = isReset ? all[i].Count : all[i].Count - _last.GetValueOrDefault(all[i].Id);
            total += _new[i];
        }

        if (!isCumulative) return total;
        // Clearing costs what the largest point had, making anew what this one has.
        if (isReset && _last.Count > 0) _last = new(all.Length);
        foreach (var bucket in all) _last[bucket.Id] = bucket.Count;
        (_start, _scale) = (start, scale);
        return total;
    }

    private double At(ReadOnlySpan<OtlpBucket> all, double rank, double? min, double? max)
    {
        var before = 0.0;
        for (var i = 0; i < all.Length; i++)
        {
            if (_new[i] <= 0 || before + _new[i] < rank)
            {
                before += Math.Max(0, _new[i]);
                continue;
            }

            var lower = double.IsFinite(all[i].Lower) ? all[i].Lower : min ?? Math.Min(0, all[i].Upper);
            var upper = double.IsFinite(all[i].Upper) ? all[i].Upper : max ?? all[i].Lower;
            var value = lower + (upper - lower) * (rank - before) / _new[i];
            return Math.Min(Math.Max(value, min ?? value), max ?? double.MaxValue);
        }

        return max ?? 0;
    }
}
