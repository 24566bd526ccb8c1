using LiveDash.Core.Plots.Axes;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Equal bins over an extent: of a round width, about 2·∛n of them (Rice's rule) between 8 and 60, or as many as are asked for, of equal parts of the extent.
/// Every bin holds its lower edge; the last one its upper edge too. Finite for any finite extent. Immutable.
/// </summary>
internal readonly struct HistogramBins
{
    private const int Most = 2000;

    private HistogramBins(double first, double step, int count) => (First, Step, Count) = (first, step, count);

    /// <summary>The lower edge of the first bin.</summary>
    internal double First { get; }

    /// <summary>The width of a bin.</summary>
    internal double Step { get; }

    /// <summary>How many there are; 0 for the default value.</summary>
    internal int Count { get; }

    /// <summary>The bins of some values.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="points">How many values there are.</param>
    /// <param name="asked">How many bins are asked for; null for a round width.</param>
    internal static HistogramBins Over(double low, double high, long points, int? asked)
    {
        var wanted = asked ?? (int)Math.Clamp(Math.Ceiling(2 * Math.Cbrt(points)), 8, 60);
        var span = high > low ? Math.Min(((high / 2) - (low / 2)) * 2, double.MaxValue) : Math.Max(1, Math.Abs(low) * 0.1);
        var step = asked is null ? NiceStep.AtLeast(span / wanted) : span / wanted;
        var first = asked is null ? Math.Max(-double.MaxValue, Math.Floor(low / step) * step) : low;
        var open = new HistogramBins(first, step, 1);
        return new(first, step, asked ?? (int)Math.Clamp(Math.Floor(open.Above(high)) + 1, 1, Most));
    }

    /// <summary>The bin of a value within the extent.</summary>
    internal int Of(double value) => (int)Math.Clamp(Above(value), 0, Count - 1);

    /// <summary>The lower edge of a bin; of the one behind the last, the upper edge of the last.</summary>
    internal double Edge(int bin) => Math.Clamp(First + (bin * Step), -double.MaxValue, double.MaxValue);

    // How many bins a value lies above the first; where the difference is more than a double holds, by quotients.
    private double Above(double value) => double.IsFinite(value - First) ? (value - First) / Step : (value / Step) - (First / Step);
}
