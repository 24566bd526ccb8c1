namespace LiveDash.Core.Engine;

/// <summary>
/// What one pixel column of a chart needs of all the points that fall into it (M4): a line through first, min, max and last
/// of every column lights the same pixels as a line through all points. The mean is the line where a band from min to max stands around it.
/// </summary>
/// <remarks>U. Jugel et al., "M4: a visualization-oriented time series data aggregation", PVLDB 7(10), 2014.</remarks>
/// <param name="Start">The first tick of the column.</param>
/// <param name="First">The value of the earliest point.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Last">The value of the latest point.</param>
/// <param name="Mean">The mean of the values.</param>
/// <param name="Count">How many points there are.</param>
public readonly record struct ChartColumn(long Start, double First, double Min, double Max, double Last, double Mean, long Count);
