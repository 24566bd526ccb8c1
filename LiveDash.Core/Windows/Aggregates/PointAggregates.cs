namespace LiveDash.Core.Windows.Aggregates;

/// <summary>The aggregates that need the points themselves, by one or two passes over them. The values may be reordered. Stateless.</summary>
internal static class PointAggregates
{
    /// <summary>The scale that makes the median absolute deviation estimate a normal distribution's standard deviation.</summary>
    public const double MadToSigma = 1.4826022185056018;

    /// <summary>The aggregate of at least one point, oldest first.</summary>
    public static double Of(AggregateSpec spec, ReadOnlySpan<long> times, Span<double> values, long now) => spec.Kind switch
    {
        AggregateKind.Percentile => Percentile(values, spec.Parameter),
        AggregateKind.Distinct => Distinct(values),
        AggregateKind.Ewma => Ewma(times, values, spec.Parameter),
        AggregateKind.TimeWeightedMean => TimeWeightedMean(times, values, now),
        AggregateKind.Above => Fraction(values, spec.Parameter, above: true),
        AggregateKind.Below => Fraction(values, spec.Parameter, above: false),
        AggregateKind.Mad => Mad(values, Percentile(values, 50)),
        AggregateKind.ZScore => ZScore(values),
        AggregateKind.Anomaly => Math.Abs(ZScore(values)),
        AggregateKind.Forecast => HoltWinters.Run(values, (int)spec.Parameter).Forecast,
        AggregateKind.ForecastLow => HoltWinters.Run(values, (int)spec.Parameter).Low,
        AggregateKind.ForecastHigh => HoltWinters.Run(values, (int)spec.Parameter).High,
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not an aggregate of points."),
    };

    /// <summary>Linear interpolation between the two ranks around p (n - 1) / 100; reorders the values.</summary>
    public static double Percentile(Span<double> values, double percent)
    {
        values.Sort();
        return Interpolate(values, percent);
    }

    /// <summary>The percentile of sorted values.</summary>
    public static double Interpolate(ReadOnlySpan<double> sorted, double percent)
    {
        var (rank, part) = Rank(sorted.Length, percent);
        return part == 0 ? sorted[rank] : Between(sorted[rank], sorted[rank + 1], part);
    }

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

    private static double Distinct(ReadOnlySpan<double> values)
    {
        var seen = new HashSet<double>(values.Length);
        foreach (var value in values) seen.Add(value);
        return seen.Count;
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

    private static double TimeWeightedMean(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now)
    {
        double span = now - times[0];
        if (span <= 0) return values[^1];
        var mean = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var until = i + 1 < values.Length ? times[i + 1] : now;
            mean += values[i] * ((until - times[i]) / span);
        }

        return WindowFigures.Finite(mean);
    }

    private static double Fraction(ReadOnlySpan<double> values, double threshold, bool above)
    {
        var hits = 0;
        foreach (var value in values)
        {
            if (above ? value > threshold : value < threshold) hits++;
        }

        return (double)hits / values.Length;
    }

    private static double Mad(Span<double> values, double median)
    {
        for (var i = 0; i < values.Length; i++) values[i] = WindowFigures.Finite(Math.Abs(values[i] - median));
        return Percentile(values, 50);
    }

    private static double ZScore(Span<double> values)
    {
        var last = values[^1];
        var median = Percentile(values, 50);
        return Robust(last, median, Mad(values, median));
    }

    /// <summary>The robust z-score; 0 at the median, and as large as can be where all the rest is equal.</summary>
    public static double Robust(double last, double median, double mad)
    {
        if (last == median) return 0;
        return WindowFigures.Finite((last - median) / (MadToSigma * mad));
    }
}
