namespace LiveDash.Core.Detection;

/// <summary>
/// The median of what stood at the same place of the last seasons and beside it: what a series is told by whose bursts come back now and then, where one season before tells
/// as much noise as truth. Not thread-safe.
/// </summary>
/// <param name="season">The season in bars; at least 1.</param>
/// <param name="horizon">How many bars ahead; at least 1.</param>
internal sealed class SeasonMedianModel(int season, int horizon) : BarModel(season, horizon)
{
    private const int Seasons = 5;

    // So many bars to either side.
    private const int Beside = 1;

    // Whole seasons before a time ahead that are past already.
    private readonly int _first = 1 + ((horizon - 1) / season);
    private readonly float[] _past = Unknown((season * (Seasons + ((horizon - 1) / season))) + Beside + 1);

    /// <inheritdoc/>
    public override bool IsTaught => Bars >= Math.Max(2, _first) * Season;

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
        Span<float> seen = stackalloc float[Seasons * ((2 * Beside) + 1)];
        var count = 0;
        for (var back = 0; back < Seasons; back++)
        {
            var center = Bars + Horizon - ((_first + back) * (long)Season);
            for (var at = center - Beside; at <= center + Beside; at++)
            {
                if (at < 0 || at > Bars || at <= Bars - _past.Length) continue;
                var one = _past[(int)(at % _past.Length)];
                if (!float.IsNaN(one)) seen[count++] = one;
            }
        }

        if (count == 0) return double.NaN;
        var sorted = seen[..count];
        sorted.Sort();
        return (sorted[(count - 1) / 2] + (double)sorted[count / 2]) / 2;
    }

    private static float[] Unknown(int length)
    {
        var all = new float[length];
        Array.Fill(all, float.NaN);
        return all;
    }
}
