namespace LiveDash.Core.Windows;

/// <summary>
/// Mergeable sums of a run of points about a pivot K: with d = value - K the sums of d and d², and the extremes. Merging two runs about the
/// same pivot only adds, so nothing that left a window is ever subtracted; the variance is (S2 - S1²/n)/n and stays exact as long as the
/// pivot is near the mean. Moving a run to another pivot is exact but for rounding (Chan, Golub and LeVeque, 1979). Merging is associative
/// but for rounding, and commutative.
/// </summary>
internal struct Moments
{
    public double S1;
    public double S2;
    public double Min;
    public double Max;

    public static Moments Empty => new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };

    /// <summary>Takes a point: its distance from the pivot and its value. Values are finite, so the processor's own minimum will do.</summary>
    public void Push(double d, double value)
    {
        S1 += d;
        S2 = Math.FusedMultiplyAdd(d, d, S2);
        Min = double.MinNative(Min, value);
        Max = double.MaxNative(Max, value);
    }

    public void Merge(in Moments other)
    {
        S1 += other.S1;
        S2 += other.S2;
        Min = double.MinNative(Min, other.Min);
        Max = double.MaxNative(Max, other.Max);
    }

    /// <summary>The same run of <paramref name="n"/> points about a pivot that lies <paramref name="d"/> below this one's.</summary>
    public readonly Moments Shifted(double n, double d) => new()
    {
        S1 = S1 + (n * d),
        S2 = S2 + (d * ((2 * S1) + (n * d))),
        Min = Min,
        Max = Max,
    };
}
