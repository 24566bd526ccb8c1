namespace LiveDash.Core.Detection;

/// <summary>
/// Additive Holt-Winters smoothing with a damped trend (Winters 1960; Gardner and McKenzie 1985), bar by bar, scored against what came a horizon later.
/// Not thread-safe.
/// </summary>
/// <param name="season">The season in bars; 0 for none.</param>
/// <param name="alpha">How fast the level follows.</param>
/// <param name="horizon">How many bars ahead it is scored; at least 1.</param>
internal sealed class SmoothingModel(int season, double alpha, int horizon) : BarModel(season, horizon)
{
    private const double Damping = 0.98;

    // Of a damped trend the sum over the horizon: phi (1 - phi^h) / (1 - phi).
    private static readonly double s_far = Damping / (1 - Damping);

    private readonly double _slope = s_far * (1 - Math.Pow(Damping, horizon));
    private readonly double _beta = alpha / 10;
    private readonly double _gamma = season > 0 ? 0.25 : 0;

    // NaN where a place was not seen yet.
    private readonly float[] _levels = [.. Enumerable.Repeat(float.NaN, season)];
    private double _level;
    private double _trend;

    /// <summary>True once it has seen its season twice.</summary>
    public override bool IsTaught => Bars > Math.Max(2 * Season, 8);

    /// <inheritdoc/>
    protected override double Learn(double value, long bar)
    {
        Follow(value, bar);
        var seasonal = Season > 0 ? _levels[(int)((bar + Horizon) % Season)] : 0;
        return _level + (_slope * _trend) + (float.IsNaN(seasonal) ? 0 : seasonal);
    }

    private void Follow(double value, long bar)
    {
        if (Bars == 0)
        {
            _level = value;
            return;
        }

        var place = Season > 0 ? (int)(bar % Season) : 0;
        if (Season > 0 && float.IsNaN(_levels[place]))
        {
            // The first season is told from the level of a season's length, so that the level does not follow it around.
            var slow = Math.Max(1.0 / Season, 1.0 / (Bars + 1));
            _level += slow * (value - _level);
            _levels[place] = (float)(value - _level);
            return;
        }

        var expected = _level + (Damping * _trend);
        var error = value - expected - (Season > 0 ? _levels[place] : 0);
        _level = expected + (alpha * error);
        _trend = (Damping * _trend) + (alpha * _beta * error);
        if (Season > 0) _levels[place] += (float)(_gamma * (1 - alpha) * error);
    }
}
