namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// Order statistics with a relative error of at most <see cref="RelativeError"/>, by counts in logarithmic buckets (DDSketch: Masson, Rim and
/// Lee, VLDB 2019), which unlike other sketches can also forget a value exactly. Values nearer to zero than 1e-300 count as zero.
/// At most about 142,000 buckets a sign, and only the range that has come up is held.
/// </summary>
internal sealed class QuantileSketch : PointTracker
{
    /// <summary>How far an order statistic may be from the true one, relative to it.</summary>
    public const double RelativeError = 0.005;

    private const double Least = 1e-300;
    private static readonly double Gamma = (1 + RelativeError) / (1 - RelativeError);
    private static readonly double PerLog = 1 / Math.Log(Gamma);
    private readonly BucketCounts _above = new();
    private readonly BucketCounts _below = new();
    private int _zeros;

    public override void Add(double value) => Count(value, 1);

    public override void Remove(double value) => Count(value, -1);

    public override void Reset()
    {
        _above.Reset();
        _below.Reset();
        _zeros = 0;
    }

    /// <summary>The percentile, interpolated linearly between ranks whose values are estimates within the relative error.</summary>
    public double Percentile(double percent)
    {
        var (rank, part) = RankMath.Rank(_above.Total + _below.Total + _zeros, percent);
        return part == 0 ? Value(rank) : RankMath.Between(Value(rank), Value(rank + 1), part);
    }

    private double Value(int rank)
    {
        if (rank < _below.Total) return -Middle(_below.BucketOf(_below.Total - 1 - rank));
        rank -= _below.Total;
        return rank < _zeros ? 0 : Middle(_above.BucketOf(rank - _zeros));
    }

    // The value whose relative distance to both edges of the bucket (gamma^(k-1), gamma^k] is the same.
    private static double Middle(int bucket) => WindowFigures.Finite(2 / (1 + Gamma) * Math.Exp(bucket / PerLog));

    private static int Bucket(double size) => (int)Math.Ceiling(Math.Log(size) * PerLog);

    private void Count(double value, int change)
    {
        if (value > Least) _above.Add(Bucket(value), change);
        else if (value < -Least) _below.Add(Bucket(-value), change);
        else _zeros += change;
    }
}
