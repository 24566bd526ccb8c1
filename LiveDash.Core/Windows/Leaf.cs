namespace LiveDash.Core.Windows;

/// <summary>
/// Up to <see cref="Capacity"/> points in event-time order: the unit in which a log keeps, sums and drops points. A sealed leaf carries its
/// own sums about its own mean, so a window can be rebuilt leaf by leaf instead of point by point.
/// </summary>
internal sealed class Leaf
{
    /// <summary>How many points a leaf holds at most.</summary>
    public const int Capacity = 64;

    public readonly long[] Times = new long[Capacity];
    public readonly double[] Values = new double[Capacity];
    public int Count;

    /// <summary>The sums about (<see cref="PivotValue"/>, <see cref="PivotTime"/>); valid once sealed. Min and Max are unscaled.</summary>
    public Moments Sums;

    /// <summary>The scaled mean of the leaf.</summary>
    public double PivotValue;
    public long PivotTime;

    public long FirstTime => Times[0];

    public long LastTime => Times[Count - 1];

    /// <summary>Sums up the leaf about its own mean.</summary>
    public void Seal(double scale)
    {
        PivotValue = LeafMath.ScaledMean(this, 0, Count, scale);
        PivotTime = Times[Count / 2];
        Sums = LeafMath.Sum(this, 0, Count, PivotValue, PivotTime, scale);
    }
}
