namespace LiveDash.Core.Detection;

/// <summary>The value of the same place in the season before (seasonal naive): what every other model must beat. Not thread-safe.</summary>
/// <param name="season">The season in bars; at least 1.</param>
/// <param name="horizon">How many bars ahead; at least 1.</param>
internal sealed class NaiveModel(int season, int horizon) : BarModel(season, horizon)
{
    private readonly float[] _past = new float[season * (1 + ((horizon - 1) / season))];

    /// <inheritdoc/>
    public override bool IsTaught => Bars >= _past.Length;

    /// <inheritdoc/>
    public override void Skip(long bars)
    {
        Forget(_past, Bars, bars, float.NaN);
        base.Skip(bars);
    }

    /// <inheritdoc/>
    protected override double Learn(double value, long bar)
    {
        _past[(int)(Bars % _past.Length)] = (float)value;
        return Bars + 1 >= _past.Length ? _past[(int)((Bars + Horizon) % _past.Length)] : double.NaN;
    }
}
