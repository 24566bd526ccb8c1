namespace LiveDash.Core.Windows;

/// <summary>The sums of a whole window about one pivot, from which its basic figures follow. Figures beyond a double's range are given as the largest.</summary>
internal readonly struct WindowFigures(in Moments sums, int count, double pivot, double spread, double unscale)
{
    private readonly double _s1 = sums.S1;

    public double Min { get; } = sums.Min;

    public double Max { get; } = sums.Max;

    /// <summary>The scaled value that all sums are about.</summary>
    public double Pivot => pivot;

    /// <summary>What turns a scaled figure back: 1, or 2^540 in a window with values beyond 1e150.</summary>
    public double Unscale => unscale;

    public double S1 => _s1;

    /// <summary>The sum of squared distances from the mean, scaled.</summary>
    public double Spread => spread;

    public double Mean => double.MinNative(double.MaxNative((pivot + (_s1 / count)) * unscale, Min), Max);

    public double Sum => Finite(Math.FusedMultiplyAdd(count, pivot, _s1) * unscale);

    public double Std => unscale == 1 ? Math.Sqrt(spread / count) : Finite(Math.Sqrt(spread / count) * unscale);

    public double Variance => Finite(spread / count * unscale * unscale);

    public int Count => count;

    /// <summary>S2 - S1²/n, never negative, and nothing where all values are equal.</summary>
    public static double SpreadOf(in Moments sums, int count) =>
        sums.Min == sums.Max ? 0 : double.MaxNative(0, sums.S2 - (sums.S1 * (sums.S1 / count)));

    public static double Finite(double value) => double.IsFinite(value) || double.IsNaN(value)
        ? value
        : Math.CopySign(double.MaxValue, value);
}
