using LiveDash.Core.Geometry;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Query.Tree;

/// <summary>An aggregate over a window of each series: <c>p99(latency{host=*}, session 30s)</c>, or of its points within a polygon: <c>count(coords, 5m, within(0 0, 50 0, 50 50))</c>.</summary>
/// <param name="Aggregate">Which figure.</param>
/// <param name="Series">The series or pattern.</param>
/// <param name="Window">Which points count at a moment.</param>
/// <param name="Within">Where they lie; null for all, those without a location too.</param>
public sealed record WindowExpr(AggregateSpec Aggregate, string Series, WindowSpec Window, CornerPolygon? Within = null) : SeriesExpr(Series)
{
    internal override string Text => Within is null ? $"{Aggregate}({Series}, {Window})" : $"{Aggregate}({Series}, {Window}, within({Within}))";
}
