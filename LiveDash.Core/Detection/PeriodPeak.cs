namespace LiveDash.Core.Detection;

/// <summary>Finds the period of values by their autocorrelation about a straight line. Pure; the same for the same values on every machine.</summary>
internal static class PeriodPeak
{
    /// <summary>The shortest lag whose autocorrelation is a clear peak; 0 where there is none.</summary>
    /// <param name="values">The values in order; what is left of them after the line is taken off, afterwards.</param>
    /// <param name="least">The shortest lag that counts.</param>
    /// <param name="longest">The longest, less than the values.</param>
    /// <param name="clear">The correlation from which on a peak is one, 0 to 1.</param>
    public static int Find(Span<double> values, int least, int longest, double clear)
    {
        Detrend(values);
        var power = Product(values, 0);
        if (power <= 0) return 0;
        Span<double> correlation = stackalloc double[longest + 2];
        var best = 0.0;
        for (var lag = 1; lag <= longest + 1; lag++)
        {
            correlation[lag] = Product(values, lag) / power * values.Length / (values.Length - lag);
            if (lag >= least && lag <= longest) best = Math.Max(best, correlation[lag]);
        }

        if (best < clear) return 0;
        // A multiple of the period correlates as well: the first peak that is about as high is the period.
        var hasFallen = false;
        for (var lag = 2; lag <= longest; lag++)
        {
            hasFallen |= correlation[lag] < 0.5 * best;
            if (hasFallen && lag >= least && correlation[lag] >= 0.9 * best && correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1]) return lag;
        }

        return 0;
    }

    // Four sums side by side, in a fixed order: not as wide as the machine's vectors, whose widths would round differently.
    private static double Product(ReadOnlySpan<double> values, int lag)
    {
        double one = 0, two = 0, three = 0, four = 0;
        var late = values[lag..];
        var early = values[..^lag];
        var i = 0;
        for (; i + 4 <= late.Length; i += 4)
        {
            one += late[i] * early[i];
            two += late[i + 1] * early[i + 1];
            three += late[i + 2] * early[i + 2];
            four += late[i + 3] * early[i + 3];
        }

        for (; i < late.Length; i++) one += late[i] * early[i];
        return one + two + (three + four);
    }

    private static void Detrend(Span<double> values)
    {
        double mean = 0, slope = 0, weight = 0;
        foreach (var value in values) mean += value;
        mean /= values.Length;
        var middle = (values.Length - 1) / 2.0;
        for (var i = 0; i < values.Length; i++)
        {
            slope += (i - middle) * (values[i] - mean);
            weight += (i - middle) * (i - middle);
        }

        slope /= weight;
        for (var i = 0; i < values.Length; i++) values[i] -= mean + (slope * (i - middle));
    }
}
