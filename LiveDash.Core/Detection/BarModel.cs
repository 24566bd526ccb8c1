namespace LiveDash.Core.Detection;

/// <summary>A model that forecasts a series a horizon ahead, bar by bar, scored against what came. Not thread-safe.</summary>
/// <param name="season">The season in bars; 0 for none.</param>
internal abstract class BarModel(int season)
{
    private const double ErrorRate = 0.004;

    /// <summary>The season in bars; 0 for none.</summary>
    public int Season => season;

    /// <summary>Its mean absolute error at the horizon, faded; infinity before the first.</summary>
    public double Error { get; private set; } = double.PositiveInfinity;

    /// <summary>The value expected a horizon after the last bar; NaN where it cannot say.</summary>
    public double Ahead { get; protected set; } = double.NaN;

    /// <summary>True once it has seen enough to be asked.</summary>
    public abstract bool IsTaught { get; }

    /// <summary>Takes the next bar.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="bar">Its number from any beginning: what tells the place in the season.</param>
    public abstract void Take(double value, long bar);

    /// <summary>Bars are missing: what was forecast for them is not compared.</summary>
    public abstract void Skip(long bars);

    /// <summary>What was forecast for a bar beside what came.</summary>
    protected void Score(double made, double value)
    {
        if (double.IsNaN(made)) return;
        var error = Math.Abs(value - made);
        Error = double.IsInfinity(Error) ? error : Error + (ErrorRate * (Math.Min(error, 20 * (Error + double.Epsilon)) - Error));
    }
}
