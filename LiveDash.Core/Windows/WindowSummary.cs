namespace LiveDash.Core.Windows;

/// <summary>
/// What is always known of a window. Every figure is finite, or NaN where it is undefined (an empty window, a rate of one point);
/// one beyond the range of a double is given as the largest. Immutable.
/// </summary>
/// <param name="Count">How many points count now.</param>
/// <param name="Sum">Their sum; 0 when there are none.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Std">Their population standard deviation.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="First">The value of the oldest point; of equal times the first that arrived.</param>
/// <param name="Last">The value of the newest point; of equal times the last that arrived.</param>
/// <param name="FirstTime">The oldest event time in UTC ticks; 0 when empty.</param>
/// <param name="LastTime">The newest event time in UTC ticks; 0 when empty.</param>
/// <param name="Rate">The increase per second between the first and last point; a fall is read as a counter's reset to zero.</param>
/// <param name="Slope">The least-squares slope over event time, per second.</param>
public readonly record struct WindowSummary(
    long Count, double Sum, double Mean, double Std, double Min, double Max, double First, double Last,
    long FirstTime, long LastTime, double Rate, double Slope)
{
    /// <summary>The summary of a window that holds no point.</summary>
    public static WindowSummary Empty { get; } = new(
        0, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, 0, double.NaN, double.NaN);
}
