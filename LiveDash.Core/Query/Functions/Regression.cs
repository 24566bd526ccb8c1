using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Functions;

/// <summary>The straight line that fits a window's points best, by least squares. Stateless.</summary>
internal static class Regression
{
    /// <summary>The slope a second, and the value at a moment.</summary>
    public static (double Slope, double Intercept) Of(in SampleWindow window, long origin)
    {
        var times = window.Times;
        var values = window.Values;
        if (values.IndexOfAnyExcept(values[0]) < 0) return double.IsInfinity(values[0]) ? (double.NaN, double.NaN) : (0, values[0]);
        KahanSum sumX = default, sumY = default, sumXY = default, sumXX = default;
        for (var i = 0; i < values.Length; i++)
        {
            var x = (times[i] - origin) / (double)TimeSpan.TicksPerSecond;
            sumX.Add(x);
            sumY.Add(values[i]);
            sumXY.Add(x * values[i]);
            sumXX.Add(x * x);
        }

        double count = values.Length;
        var covariance = sumXY.Value - (sumX.Value * sumY.Value / count);
        var variance = sumXX.Value - (sumX.Value * sumX.Value / count);
        var slope = covariance / variance;
        return (slope, (sumY.Value / count) - (slope * sumX.Value / count));
    }
}
