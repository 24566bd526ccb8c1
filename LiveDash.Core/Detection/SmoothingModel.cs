namespace LiveDash.Core.Detection;

/// <summary>
/// Additive Holt-Winters smoothing with a damped trend (Winters 1960; Gardner and McKenzie 1985), bar by bar, scored against what came a horizon later.
/// Not thread-safe.
/// </summary>
/// <param name="season">The season in bars; 0 for none.</param>
/// <param name="alpha">How fast the level follows.</param>
/// <param name="horizon">How many bars ahead it is scored; at least 1.</param>
internal sealed class SmoothingModel(int season, double alpha, int horizon) : BarModel(season)
{
    private const double Damping = 0.98;

    private readonly double _beta = alpha / 10;
    private readonly double _gamma = season > 0 ? 0.25 : 0;
    private readonly float[] _levels = new float[season];
    private readonly bool[] _seen = new bool[season];
    private readonly double[] _made = new double[horizon];
    private double _level;
    private double _trend;
    private long _bars;

    /// <summary>True once it has seen its season twice.</summary>
    public override bool IsTaught => _bars >= Math.Max(2 * Season, 8);

    /// <inheritdoc/>
    public override void Take(double value, long bar)
    {
        if (_bars >= horizon) Score(_made[(int)(_bars % horizon)], value);
        Learn(value, bar);
        var place = Season > 0 ? (int)((bar + horizon) % Season) : 0;
        // Of a damped trend the sum over the horizon: phi (1 - phi^h) / (1 - phi).
        var slope = Damping * (1 - Math.Pow(Damping, horizon)) / (1 - Damping);
        Ahead = _level + (slope * _trend) + (Season > 0 && _seen[place] ? _levels[place] : 0);
        _made[(int)(_bars % horizon)] = IsTaught ? Ahead : double.NaN;
        _bars++;
    }

    /// <inheritdoc/>
    public override void Skip(long bars)
    {
        for (var i = 0; i < Math.Min(bars, horizon); i++) _made[(int)((_bars + i) % horizon)] = double.NaN;
        _bars += bars;
    }

    private void Learn(double value, long bar)
    {
        if (_bars == 0)
        {
            _level = value;
            return;
        }

        var place = Season > 0 ? (int)(bar % Season) : 0;
        var seasonal = Season > 0 && _seen[place] ? _levels[place] : 0;
        var expected = _level + (Damping * _trend);
        if (Season > 0 && !_seen[place])
        {
            // The first season is told from the level of a season's length, so that the level does not follow it around.
            var slow = Math.Max(1.0 / Season, 1.0 / (_bars + 1));
            _level += slow * (value - _level);
            (_levels[place], _seen[place]) = ((float)(value - _level), true);
            return;
        }

        var error = value - expected - seasonal;
        _level = expected + (alpha * error);
        _trend = (Damping * _trend) + (alpha * _beta * error);
        if (Season > 0) _levels[place] += (float)(_gamma * (1 - alpha) * error);
    }
}
