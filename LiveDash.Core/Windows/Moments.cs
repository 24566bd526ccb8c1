namespace LiveDash.Core.Windows;

/// <summary>
/// Mergeable sums of a run of points about a pivot (K, P): with d = value - K and e = (time - P) in seconds, the sums of d, d², e, e², d e,
/// the counter increase within the run, and the extremes. Merging two runs about the same pivot only adds, so nothing that left a window
/// is ever subtracted; the variance is (S2 - S1²/n)/n and stays exact as long as the pivot is near the mean. Moving a run to another pivot
/// is exact but for rounding (Chan, Golub and LeVeque, 1979).
/// </summary>
internal struct Moments
{
    public double S1;
    public double S2;
    public double T1;
    public double T2;
    public double C;
    public double Increase;
    public double Min;
    public double Max;

    public static Moments Empty => new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };

    /// <summary>How much a counter grew from one point to the next: a fall means that it started again at zero.</summary>
    public static double Step(double before, double after) => after >= before ? after - before : after;

    public void Push(double d, double e)
    {
        S1 += d;
        S2 += d * d;
        T1 += e;
        T2 += e * e;
        C += d * e;
    }

    public void Merge(in Moments other)
    {
        S1 += other.S1;
        S2 += other.S2;
        T1 += other.T1;
        T2 += other.T2;
        C += other.C;
        Increase += other.Increase;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The same run of <paramref name="n"/> points about a pivot that lies d below and e seconds before this one's.</summary>
    public readonly Moments Shifted(double n, double d, double e) => new()
    {
        S1 = S1 + (n * d),
        S2 = S2 + (2 * d * S1) + (n * d * d),
        T1 = T1 + (n * e),
        T2 = T2 + (2 * e * T1) + (n * e * e),
        C = C + (d * T1) + (e * S1) + (n * d * e),
        Increase = Increase,
        Min = Min,
        Max = Max,
    };
}
