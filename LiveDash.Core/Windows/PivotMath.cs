namespace LiveDash.Core.Windows;

/// <summary>
/// Which pivot K the sums of x - K are kept about. It is near the mean, so the variance does not cancel: S2 is at most ten times the spread.
/// And it is a multiple of a power of two between twice and four times the standard deviation, which makes it share the values' own grid: where all
/// values are multiples of some power of two g (whole numbers, halves, ...), so is K. For if that step is at least g, it is a multiple of g; and
/// if it is less, then nearly all values are equal, since a share f of values one g off makes a deviation of g √(f(1-f)), and the nearest
/// multiple to the mean, even within three quarters of a step, is the grid's. So x - K, their sum and n K + S1 are exact wherever n times the largest of them fits in 53 bits of g. Stateless.
/// </summary>
internal static class PivotMath
{
    private const double MaxWhole = 1L << 52;
    private const ulong Exponent = 0x7FF0_0000_0000_0000;

    /// <summary>A pivot for a run of n points whose sums about <paramref name="about"/> are known.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="n">How many points; at least one.</param>
    /// <param name="about">What the sums are about.</param>
    /// <param name="liked">A pivot to keep if it is as good: where pivots are equal, nothing has to be moved.</param>
    /// <param name="scale">What values are multiplied by before they are summed.</param>
    public static double Of(in Moments sums, double n, double about, double liked, double scale)
    {
        if (sums.Min == sums.Max) return sums.Min * scale;
        var mean = about + (sums.S1 / n);
        var twiceDeviation = 2 * Math.Sqrt((sums.S2 - (sums.S1 * sums.S1 / n)) / n);
        // The greatest power of two not above, times two.
        var step = 2 * BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(twiceDeviation) & Exponent);
        // Sums about a far pivot may have lost the deviation altogether.
        if (!(twiceDeviation > 0) || !(step > 0) || !(Math.Abs(mean) < step * MaxWhole)) return mean;
        if (Math.Abs(mean - liked) <= 0.75 * step && Math.Round(liked / step) * step == liked) return liked;
        return Math.Round(mean / step) * step;
    }
}
