using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Functions;

/// <summary>Functions of the points of a window (https://prometheus.io/docs/prometheus/latest/querying/functions/). Stateless.</summary>
internal static class RangeFunctions
{
    private static readonly Dictionary<string, RangeFunction> s_all = new(StringComparer.Ordinal)
    {
        ["avg_over_time"] = static (in SampleWindow window, double _, double _) => window.Summaries.IsEmpty ? Mean(window.Values) : Sum(window.Summaries.Sums.Span) / Sum(window.Summaries.Counts.Span),
        ["changes"] = static (in SampleWindow window, double _, double _) => Changes(window.Values),
        ["count_over_time"] = static (in SampleWindow window, double _, double _) => window.Summaries.IsEmpty ? window.Values.Length : Sum(window.Summaries.Counts.Span),
        ["delta"] = static (in SampleWindow window, double _, double _) => Rates.Extrapolated(window, false, false),
        ["deriv"] = static (in SampleWindow window, double _, double _) => window.Values.Length < 2 ? Absence.Mark : Regression.Of(window, window.Times[0]).Slope,
        ["double_exponential_smoothing"] = Smoothed,
        ["idelta"] = static (in SampleWindow window, double _, double _) => Rates.Instant(window, false),
        ["increase"] = static (in SampleWindow window, double _, double _) => Rates.Extrapolated(window, true, false),
        ["irate"] = static (in SampleWindow window, double _, double _) => Rates.Instant(window, true),
        ["last_over_time"] = static (in SampleWindow window, double _, double _) => window.Values[^1],
        ["mad_over_time"] = static (in SampleWindow window, double _, double _) => Deviation(window.Values),
        ["max_over_time"] = static (in SampleWindow window, double _, double _) => Max(window.Summaries.IsEmpty ? window.Values : window.Summaries.Greatest.Span),
        ["min_over_time"] = static (in SampleWindow window, double _, double _) => Min(window.Summaries.IsEmpty ? window.Values : window.Summaries.Least.Span),
        ["predict_linear"] = static (in SampleWindow window, double ahead, double _) => Predicted(window, ahead),
        ["present_over_time"] = static (in SampleWindow _, double _, double _) => 1,
        ["quantile_over_time"] = static (in SampleWindow window, double quantile, double _) => Quantiles.Of(quantile, window.Values.ToArray()),
        ["rate"] = static (in SampleWindow window, double _, double _) => Rates.Extrapolated(window, true, true),
        ["resets"] = static (in SampleWindow window, double _, double _) => Resets(window.Values),
        ["stddev_over_time"] = static (in SampleWindow window, double _, double _) => Math.Sqrt(Variance(window.Values)),
        ["stdvar_over_time"] = static (in SampleWindow window, double _, double _) => Variance(window.Values),
        ["sum_over_time"] = static (in SampleWindow window, double _, double _) => Sum(window.Summaries.IsEmpty ? window.Values : window.Summaries.Sums.Span),
    };

    /// <summary>Finds one by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out RangeFunction? function) => s_all.TryGetValue(name, out function);

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = default(KahanSum);
        foreach (var value in values) sum.Add(value);
        return sum.Value;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var mean = default(RunningMean);
        foreach (var value in values) mean.Add(value);
        return mean.Value;
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        var spread = default(Spread);
        foreach (var value in values) spread.Add(value);
        return spread.Variance;
    }

    // A number counts more than none.
    private static double Max(ReadOnlySpan<double> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            if (value > max || double.IsNaN(max)) max = value;
        }

        return max;
    }

    private static double Min(ReadOnlySpan<double> values)
    {
        var min = values[0];
        foreach (var value in values)
        {
            if (value < min || double.IsNaN(min)) min = value;
        }

        return min;
    }

    private static double Changes(ReadOnlySpan<double> values)
    {
        var changes = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] != values[i - 1] && !(double.IsNaN(values[i]) && double.IsNaN(values[i - 1]))) changes++;
        }

        return changes;
    }

    private static double Resets(ReadOnlySpan<double> values)
    {
        var resets = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1]) resets++;
        }

        return resets;
    }

    private static double Deviation(ReadOnlySpan<double> values)
    {
        var numbers = values.ToArray();
        var median = Quantiles.Of(0.5, numbers);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Math.Abs(numbers[i] - median);
        return Quantiles.Of(0.5, numbers);
    }

    private static double Predicted(in SampleWindow window, double ahead)
    {
        if (window.Values.Length < 2) return Absence.Mark;
        var (slope, intercept) = Regression.Of(window, window.At);
        return (slope * ahead) + intercept;
    }

    // Holt's double exponential smoothing: a level and a trend.
    private static double Smoothed(in SampleWindow window, double smoothing, double trend)
    {
        if (smoothing is not (> 0 and < 1)) throw new QueryException(QueryErrorKind.Execution, $"invalid smoothing factor. Expected: 0 < sf < 1, got: {smoothing}");
        if (trend is not (> 0 and < 1)) throw new QueryException(QueryErrorKind.Execution, $"invalid trend factor. Expected: 0 < tf < 1, got: {trend}");
        var values = window.Values;
        if (values.Length < 2) return Absence.Mark;
        var before = 0.0;
        var level = values[0];
        var slope = values[1] - values[0];
        for (var i = 1; i < values.Length; i++)
        {
            if (i > 1) slope = (trend * (level - before)) + ((1 - trend) * slope);
            before = level;
            level = (smoothing * values[i]) + ((1 - smoothing) * (level + slope));
        }

        return level;
    }
}
