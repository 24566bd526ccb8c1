using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>One line of a chart as it was read. Immutable.</summary>
/// <param name="Label">What the chart calls it.</param>
/// <param name="Key">Its series.</param>
/// <param name="Color">The colour of the series.</param>
/// <param name="Query">What is shown of it.</param>
/// <param name="Width">How long a column is, in ticks.</param>
/// <param name="Columns">The columns that have points, by time.</param>
public sealed record ChartLine(string Label, SeriesKey Key, int Color, ChartQuery Query, long Width, IReadOnlyList<ChartColumn> Columns);
