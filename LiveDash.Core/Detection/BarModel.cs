namespace LiveDash.Core.Detection;

/// <summary>A model that forecasts a series a horizon ahead, bar by bar, scored against what came. Not thread-safe.</summary>
/// <param name="season">The season in bars; 0 for none.</param>
/// <param name="horizon">How many bars ahead it is scored; at least 1.</param>
internal abstract class BarModel(int season, int horizon)
{
    private const double ErrorRate = 0.004;
    private int _scored;

    // What was said of the bars to come. In seven digits, as levels are.
    private readonly float[] _made = new float[horizon];

    /// <summary>The season in bars; 0 for none.</summary>
    public int Season => season;

    /// <summary>Its mean absolute error at the horizon, faded; infinity before the first.</summary>
    public double Error { get; private set; } = double.PositiveInfinity;

    /// <summary>The value expected a horizon after the last bar; NaN where it cannot say.</summary>
    public double Ahead { get; private set; } = double.NaN;

    /// <summary>True once it has seen enough to be asked.</summary>
    public abstract bool IsTaught { get; }

    /// <summary>How many bars ahead it looks.</summary>
    protected int Horizon => horizon;

    /// <summary>How many bars went by, those that were missing too.</summary>
    protected long Bars { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="bar">Its number from any beginning: what tells the place in the season.</param>
    public void Take(double value, long bar)
    {
        var at = (int)(Bars % horizon);
        if (Bars >= horizon) Score(_made[at], value);
        Ahead = Learn(value, bar);
        Bars++;
        _made[at] = IsTaught ? (float)Ahead : float.NaN;
    }

    /// <summary>Bars are missing: what was forecast for them is not compared.</summary>
    public virtual void Skip(long bars)
    {
        Forget(_made, Bars, bars, float.NaN);
        Bars += bars;
    }

    /// <summary>Puts into a ring, in which each bar stands at its number, that bars are missing.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="from">The number of the first that is missing.</param>
    /// <param name="bars">How many are.</param>
    /// <param name="nothing">What says so.</param>
    internal static void Forget<T>(T[] ring, long from, long bars, T nothing)
    {
        for (var i = 0; i < Math.Min(bars, ring.Length); i++) ring[(int)((from + i) % ring.Length)] = nothing;
    }

    /// <summary>Learns a bar.</summary>
    /// <returns>What is expected a horizon later; NaN where it cannot say.</returns>
    protected abstract double Learn(double value, long bar);

    private void Score(double made, double value)
    {
        if (double.IsNaN(made)) return;
        var error = Math.Abs(value - made);
        // A mean at first, so that the first error does not decide for days.
        // Not capped: what never leaves the usual value would look the better for each burst it misses.
        Error = ++_scored == 1 ? error : Error + (Math.Max(ErrorRate, 1.0 / _scored) * (error - Error));
    }
}
