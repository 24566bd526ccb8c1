namespace LiveDash.Core.Detection;

/// <summary>Finds the period of a series from its autocorrelation over the last 1,024 bars. 4 KB. Not thread-safe.</summary>
internal sealed class SeasonFinder
{
    /// <summary>How many bars it looks at.</summary>
    public const int Kept = 1_024;

    private const int Least = 4;
    private const int Longest = 400;
    private const double Clear = 0.4;

    private readonly float[] _ring = new float[Kept];
    private long _bars;

    /// <summary>True once it has enough.</summary>
    public bool IsFull => _bars >= Kept;

    /// <summary>Takes the next bar.</summary>
    public void Take(double value) => _ring[(int)(_bars++ % Kept)] = (float)value;

    /// <summary>The shortest lag whose autocorrelation is a clear peak, in bars; 0 where there is none.</summary>
    public int Find()
    {
        Span<double> values = stackalloc double[Kept];
        for (var i = 0; i < Kept; i++) values[i] = _ring[(int)((_bars + i) % Kept)];
        return PeriodPeak.Find(values, Least, Longest, Clear);
    }
}
