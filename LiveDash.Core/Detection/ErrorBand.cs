namespace LiveDash.Core.Detection;

/// <summary>
/// How far forecasts of one horizon are off: the half-width of the band that 95 of 100 values lie in. It is a quantile of the last 1,024 errors (conformal prediction; Vovk
/// et al., 2005), a higher and wider one where fewer values than that lay in the bands that were told, a lower and narrower one where more did (the integral part of Angelopoulos,
/// Candès and Tibshirani, *Conformal PID Control for Time Series Prediction*, 2023): so the coverage is steered towards 95 %, also where errors of overlapping
/// horizons go together; within bounds, as the quantile stays between those of 60 and 99 of 100 and grows by no more than e to the 1.5. 8 KB; allocates nothing an error. Not thread-safe.
/// </summary>
internal sealed class ErrorBand
{
    private const int Kept = 1_024;
    private const double Part = 0.95;
    private const double LeastPart = 0.6;
    private const double MostPart = 0.99;

    // Of what is missing to the part, or too much: so much is added to the quantile, and by so many times e it is made wider or narrower.
    private const double PartGain = 1.5;
    private const double WiderGain = 10;
    private const double NarrowerGain = 30;
    private const double MostWider = 1.5;

    // So many bands count as told before the first, with exactly the part in them: a miss at the beginning says little.
    private const int Before = 50;
    private const double Fade = 1.0 / 2_016;

    // Errors are kept in seven digits.
    private const double Digits = 1 + 2e-7;

    private readonly SortedWindow _errors = new(Kept);
    private long _told;
    private double _steady = Part;
    private double _coverage;

    /// <summary>The half-width; NaN before the first error.</summary>
    public double Half { get; private set; } = double.NaN;

    /// <summary>Which part of the values lay in the bands that were told; NaN before the first.</summary>
    public double Coverage => _told > 0 ? _coverage : double.NaN;

    /// <summary>Takes how far a forecast was off.</summary>
    /// <param name="error">The error, not negative.</param>
    /// <param name="told">The half-width that was told with it; NaN where none was.</param>
    public void Take(double error, double told)
    {
        if (!double.IsNaN(told))
        {
            var within = error <= told ? 1 : 0;
            _coverage += Math.Max(Fade, 1.0 / ++_told) * (within - _coverage);
            _steady += Math.Max(Fade, 1.0 / (_told + Before)) * (within - _steady);
        }

        _errors.Add(error);
        var missing = Part - _steady;
        var part = Math.Clamp(Part + (PartGain * missing) + (1.0 / _errors.Count), LeastPart, MostPart);
        Half = _errors.Quantile(part) * Math.Exp(Math.Min(MostWider, (missing > 0 ? WiderGain : NarrowerGain) * missing)) * Digits;
    }
}
