namespace LiveDash.Core.Statistics;

/// <summary>Mean, deviation and correlation in two passes about the mean, with compensated sums (Neumaier 1974), finite for any finite values: they are scaled by a power of two first. Pure.</summary>
internal static class Moments
{
    /// <summary>The mean and the standard deviation of the population; NaN for no values.</summary>
    internal static (double Mean, double Std) Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return (double.NaN, double.NaN);
        var scale = Scale(values);
        CompensatedSum sum = default;
        foreach (var value in values) sum.Add(value * scale);
        var mean = sum.Total / values.Length;
        CompensatedSum squares = default, rest = default;
        foreach (var value in values)
        {
            var off = (value * scale) - mean;
            squares.Add(off * off);
            rest.Add(off);
        }

        // What the mean itself lost to rounding is taken out again (Chan, Golub and LeVeque 1983).
        var variance = Math.Max(0, (squares.Total - (rest.Total * rest.Total / values.Length)) / values.Length);
        return (mean / scale, Math.Sqrt(variance) / scale);
    }

    /// <summary>Pearson's coefficient of pairs; NaN where there are fewer than two, or one side does not change.</summary>
    internal static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < 2) return double.NaN;
        var (scaleX, scaleY) = (Scale(x), Scale(y));
        CompensatedSum sumX = default, sumY = default;
        for (var i = 0; i < x.Length; i++)
        {
            sumX.Add(x[i] * scaleX);
            sumY.Add(y[i] * scaleY);
        }

        var (meanX, meanY) = (sumX.Total / x.Length, sumY.Total / x.Length);
        CompensatedSum xx = default, yy = default, xy = default;
        for (var i = 0; i < x.Length; i++)
        {
            var (offX, offY) = ((x[i] * scaleX) - meanX, (y[i] * scaleY) - meanY);
            xx.Add(offX * offX);
            yy.Add(offY * offY);
            xy.Add(offX * offY);
        }

        return xx.Total > 0 && yy.Total > 0 ? Math.Clamp(xy.Total / Math.Sqrt(xx.Total) / Math.Sqrt(yy.Total), -1, 1) : double.NaN;
    }

    // Products of two powers of two lose no digit.
    private static double Scale(ReadOnlySpan<double> values)
    {
        var most = 0.0;
        foreach (var value in values) most = Math.Max(most, Math.Abs(value));
        return most == 0 ? 1 : Math.ScaleB(1, Math.Clamp(-Math.ILogB(most), -1000, 1000));
    }
}
