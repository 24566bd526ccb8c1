namespace LiveDash.Core.Windows.Aggregates;

/// <summary>The aggregates that need the points themselves, by a pass over them when asked, and the arithmetic of ranks. Stateless.</summary>
internal static class PointAggregates
{
    /// <summary>The scale that makes the median absolute deviation estimate a normal distribution's standard deviation.</summary>
    public const double MadToSigma = 1.4826022185056018;

    /// <summary>The aggregate of at least one point, oldest first.</summary>
    public static double Of(AggregateSpec spec, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now) => spec.Kind switch
    {
        AggregateKind.Ewma => Ewma(times, values, spec.Parameter),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not an aggregate of points."),
    };

    /// <summary>The lower rank of a percentile and how far it lies towards the next, 0 to 1.</summary>
    public static (int Rank, double Part) Rank(int count, double percent)
    {
        var at = percent / 100 * (count - 1);
        var rank = Math.Min((int)at, count - 1);
        return rank == count - 1 ? (rank, 0) : (rank, at - rank);
    }

    /// <summary>A value between two, exact at both ends and without overflow.</summary>
    public static double Between(double low, double high, double part)
    {
        var gap = high - low;
        return double.IsFinite(gap) ? low + (gap * part) : (low * (1 - part)) + (high * part);
    }

    private static double Ewma(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double halfLife)
    {
        double mean = 0, weight = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var decay = i == 0 ? 0 : double.Exp2(-(times[i] - times[i - 1]) * LeafMath.SecondsPerTick / halfLife);
            weight = (weight * decay) + 1;
            mean += (values[i] / weight) - (mean / weight);
        }

        return WindowFigures.Finite(mean);
    }

    /// <summary>The robust z-score; 0 at the median, and as large as can be where all the rest is equal.</summary>
    public static double Robust(double last, double median, double mad)
    {
        if (last == median) return 0;
        return WindowFigures.Finite((last - median) / (MadToSigma * mad));
    }
}
