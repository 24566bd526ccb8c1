using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>Which series a chart shows in one way. Immutable.</summary>
/// <param name="Patterns">Which series; each is one line.</param>
/// <param name="Columns">How many columns a line has, 1 to 10,000: one a pixel, or fewer where each is to cover a window.</param>
/// <param name="Aggregate">What the browser shows of a column's points; null for what the chart shows as a whole.</param>
/// <param name="Words">What stands behind the names of these lines where a chart has several queries, such as <c>max, 1 min</c>; empty for nothing.</param>
public sealed record ChartQuery(IReadOnlyList<SeriesPattern> Patterns, int Columns, string? Aggregate = null, string Words = "");
