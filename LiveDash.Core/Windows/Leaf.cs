namespace LiveDash.Core.Windows;

/// <summary>
/// Up to <see cref="Capacity"/> points in event-time order: the unit in which a log keeps, sums and drops points. A sealed leaf carries its
/// own sums about its own mean, so a window can be rebuilt leaf by leaf instead of point by point.
/// </summary>
internal sealed class Leaf
{
    /// <summary>How many points a leaf holds at most.</summary>
    public const int Capacity = 64;

    // Sums on the way in may be about a pivot this much worse than the mean: one digit of sixteen.
    private const double MostCancellation = 16;

    public readonly long[] Times = new long[Capacity];
    public readonly double[] Values = new double[Capacity];
    public int Count;

    /// <summary>The sums about <see cref="Pivot"/>; valid once sealed. Min and Max are unscaled.</summary>
    public Moments Sums;

    /// <summary>What <see cref="Sums"/> are about, near the scaled mean of a sealed leaf.</summary>
    public double Pivot;

    private Trend _trend;
    private bool _hasTrend;

    public long FirstTime => Times[0];

    public long LastTime => Times[Count - 1];

    public double LastValue => Values[Count - 1];

    /// <summary>The time about which <see cref="Trend"/> is summed.</summary>
    public long PivotTime => Times[Count / 2];

    /// <summary>How many of its points are at or after a time.</summary>
    public int CountSince(long ticks)
    {
        var first = Count;
        while (first > 0 && Times[first - 1] >= ticks) first--;
        return Count - first;
    }

    public ReadOnlySpan<double> From(int offset) => Values.AsSpan(offset, Count - offset);

    public ReadOnlySpan<long> TimesFrom(int offset) => Times.AsSpan(offset, Count - offset);

    /// <summary>Sums up the leaf about a pivot near its mean.</summary>
    public void Seal(double scale)
    {
        Pivot = LeafMath.Pivot(From(0), scale);
        Sums = LeafMath.Sum(From(0), Pivot, scale);
        _hasTrend = false;
    }

    /// <summary>Seals the leaf with the sums that were kept on the way in, or sums it up afresh where their pivot has turned out to be far from the mean.</summary>
    public void Seal(in Moments sums, double pivot, double scale)
    {
        if ((sums.S2 - (sums.S1 * sums.S1 / Count)) * MostCancellation < sums.S2 || sums.Min == sums.Max)
        {
            Seal(scale);
            return;
        }

        Pivot = pivot;
        Sums = sums;
        _hasTrend = false;
    }

    /// <summary>The sums over time of a sealed leaf about (<see cref="Pivot"/>, <see cref="PivotTime"/>), made when first asked for.</summary>
    public ref readonly Trend Trend(double scale)
    {
        if (!_hasTrend)
        {
            _trend = LeafMath.Trend(TimesFrom(0), From(0), Pivot, PivotTime, scale);
            _hasTrend = true;
        }

        return ref _trend;
    }
}
