namespace LiveDash.Core.Detection;

/// <summary>The value of the same place in the season before (seasonal naive): what every other model must beat. Not thread-safe.</summary>
/// <param name="season">The season in bars; at least 1.</param>
/// <param name="horizon">How many bars ahead; at least 1.</param>
internal sealed class NaiveModel(int season, int horizon) : BarModel(season)
{
    private readonly float[] _past = new float[season * (1 + ((horizon - 1) / season))];
    private long _bars;

    /// <inheritdoc/>
    public override bool IsTaught => _bars >= _past.Length;

    /// <inheritdoc/>
    public override void Take(double value, long bar)
    {
        var at = (int)(_bars % _past.Length);
        if (IsTaught) Score(_past[at], value);
        _past[at] = (float)value;
        _bars++;
        Ahead = IsTaught ? _past[(int)((_bars - 1 + horizon) % _past.Length)] : double.NaN;
    }

    /// <inheritdoc/>
    public override void Skip(long bars)
    {
        for (var i = 0; i < Math.Min(bars, _past.Length); i++) _past[(int)((_bars + i) % _past.Length)] = float.NaN;
        _bars += bars;
    }
}
