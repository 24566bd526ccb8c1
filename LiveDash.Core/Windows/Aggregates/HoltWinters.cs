namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// Additive Holt-Winters smoothing (Winters, 1960), point by point: level, damped trend and, where asked for, a season of n points. The band is
/// three standard deviations of the one-step errors, exponentially weighted. Not thread-safe.
/// </summary>
internal struct HoltWinters(int season)
{
    private const double Alpha = 0.3;
    private const double Beta = 0.1;
    private const double Gamma = 0.3;
    private const double Damping = 0.98;
    private const double ErrorWeight = 0.05;

    private readonly double[] _season = season > 0 ? new double[season] : [];
    private double _level;
    private double _trend;
    private double _errorSquare;
    private int _seen;

    /// <summary>The next value expected.</summary>
    public readonly double Forecast => WindowFigures.Finite(_level + (Damping * _trend) + Season);

    /// <summary>The lower edge of the band; NaN before the second point.</summary>
    public readonly double Low => _seen < 2 ? double.NaN : WindowFigures.Finite(Forecast - Width);

    /// <summary>The upper edge of the band; NaN before the second point.</summary>
    public readonly double High => _seen < 2 ? double.NaN : WindowFigures.Finite(Forecast + Width);

    private readonly double Width => 3 * Math.Sqrt(_errorSquare);

    private readonly double Season => _season.Length == 0 ? 0 : _season[_seen % _season.Length];

    /// <summary>Forgets everything, keeping the season's length.</summary>
    public void Reset()
    {
        Array.Clear(_season);
        _level = _trend = _errorSquare = 0;
        _seen = 0;
    }

    /// <summary>Takes the next value.</summary>
    public void Push(double value)
    {
        if (_seen == 0)
        {
            _level = value;
            _seen = 1;
            return;
        }

        var season = Season;
        var error = value - (_level + (Damping * _trend) + season);
        var level = _level + (Damping * _trend) + (Alpha * error);
        _trend = (Damping * _trend) + (Alpha * Beta * error);
        _level = level;
        if (_season.Length > 0) _season[_seen % _season.Length] = season + (Gamma * (1 - Alpha) * error);
        _errorSquare = _seen == 1 ? error * error : _errorSquare + (ErrorWeight * ((error * error) - _errorSquare));
        _seen++;
    }
}
