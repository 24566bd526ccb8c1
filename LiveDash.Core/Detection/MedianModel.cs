namespace LiveDash.Core.Detection;

/// <summary>
/// The median of the last bars: what a series is told by best that stands at one value and leaves it in bursts, whose mean is no value of it. Not thread-safe.
/// </summary>
/// <param name="window">Of how many bars; at least 1.</param>
/// <param name="horizon">How many bars ahead it is scored; at least 1.</param>
internal sealed class MedianModel(int window, int horizon) : BarModel(0, horizon)
{
    private readonly SortedWindow _window = new(window);

    /// <inheritdoc/>
    public override bool IsTaught => _window.Count >= Math.Min(window, 24);

    /// <inheritdoc/>
    protected override double Learn(double value, long bar)
    {
        _window.Add(value);
        return _window.Quantile(0.5);
    }
}
