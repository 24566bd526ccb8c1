namespace LiveDash.Core.Detection;

/// <summary>Finds the period of a series from its autocorrelation over the last 1,024 bars. Not thread-safe.</summary>
internal sealed class SeasonFinder
{
    /// <summary>How many bars it looks at.</summary>
    public const int Kept = 1_024;

    private const int Least = 4;
    private const int Longest = 400;
    private const double Clear = 0.4;

    private readonly float[] _ring = new float[Kept];
    private readonly double[] _even = new double[Kept];
    private readonly double[] _correlation = new double[Longest + 2];
    private long _bars;

    /// <summary>True once it has enough.</summary>
    public bool IsFull => _bars >= Kept;

    /// <summary>Takes the next bar.</summary>
    public void Take(double value) => _ring[(int)(_bars++ % Kept)] = (float)value;

    /// <summary>The shortest lag whose autocorrelation is a clear peak, in bars; 0 where there is none.</summary>
    public int Find()
    {
        Detrend();
        var power = 0.0;
        foreach (var value in _even) power += value * value;
        if (power <= 0) return 0;
        var best = 0.0;
        for (var lag = 1; lag <= Longest + 1; lag++)
        {
            var sum = 0.0;
            for (var i = lag; i < Kept; i++) sum += _even[i] * _even[i - lag];
            _correlation[lag] = sum / power * Kept / (Kept - lag);
            if (lag is >= Least and <= Longest) best = Math.Max(best, _correlation[lag]);
        }

        if (best < Clear) return 0;
        // A multiple of the period correlates as well: the first peak that is about as high is the period.
        var hasFallen = false;
        for (var lag = 2; lag <= Longest; lag++)
        {
            hasFallen |= _correlation[lag] < 0.5 * best;
            if (hasFallen && lag >= Least && _correlation[lag] >= 0.9 * best && _correlation[lag] >= _correlation[lag - 1] && _correlation[lag] >= _correlation[lag + 1]) return lag;
        }

        return 0;
    }

    private void Detrend()
    {
        double mean = 0, slope = 0, weight = 0;
        for (var i = 0; i < Kept; i++) mean += _even[i] = _ring[(int)((_bars + i) % Kept)];
        mean /= Kept;
        for (var i = 0; i < Kept; i++)
        {
            var x = i - ((Kept - 1) / 2.0);
            slope += x * (_even[i] - mean);
            weight += x * x;
        }

        slope /= weight;
        for (var i = 0; i < Kept; i++) _even[i] -= mean + (slope * (i - ((Kept - 1) / 2.0)));
    }
}
