namespace LiveDash.Core.Windows;

/// <summary>
/// Mergeable sums of a run of points over time, about a pivot (K, P): with d = value - K and e = (time - P) in seconds, the sums of e, e² and
/// d e; and from each point of the run to the next, how much a counter grew, and the value times the seconds it stood.
/// </summary>
internal struct Trend
{
    public double T1;
    public double T2;
    public double C;
    public double Increase;
    public double Area;

    /// <summary>How much a counter grew from one point to the next: a fall means that it started again at zero.</summary>
    public static double Step(double before, double after) => after >= before ? after - before : after;

    /// <summary>Adds the run that follows; what lies between the two runs is not counted.</summary>
    public void Merge(in Trend other)
    {
        T1 += other.T1;
        T2 += other.T2;
        C += other.C;
        Increase += other.Increase;
        Area += other.Area;
    }

    /// <summary>Adds what lies between the last point of a leaf and the first of the next.</summary>
    public void Join(Leaf before, Leaf after, double scale)
    {
        Increase += Step(before.LastValue * scale, after.Values[0] * scale);
        Area += before.LastValue * scale * ((after.FirstTime - before.LastTime) * LeafMath.SecondsPerTick);
    }

    /// <summary>The same run of n points, whose sum of d is s1, about a pivot that lies d below and e seconds before this one's.</summary>
    public readonly Trend Shifted(double n, double s1, double d, double e) => new()
    {
        T1 = T1 + (n * e),
        T2 = T2 + (2 * e * T1) + (n * e * e),
        C = C + (d * T1) + (e * s1) + (n * d * e),
        Increase = Increase,
        Area = Area,
    };
}
