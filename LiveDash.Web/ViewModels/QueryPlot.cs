using LiveDash.Core.Jobs;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>What a picture of a chart's queries draws: of each column the aggregate that the chart shows, in its middle. Pure.</summary>
public static class QueryPlot
{
    /// <summary>The lines.</summary>
    /// <param name="lines">The chart's, as read.</param>
    /// <param name="aggregate">What the chart shows where a query says nothing of its own; null for the mean.</param>
    /// <param name="range">The times that the picture shows.</param>
    public static IReadOnlyList<PlotLine> Of(IReadOnlyList<ChartLine> lines, string? aggregate, TimeRange range) =>
        [.. lines.Select(line => new PlotLine(line.Label, line.Color, Times(line, range), Values(line, AggregateSpec.Parse(line.Query.Aggregate ?? aggregate ?? ChartQueries.Usual).Kind)))];

    // The first column may begin before the range does.
    private static long[] Times(ChartLine line, TimeRange range) => [.. line.Columns.Select(column => Math.Clamp(column.Start + (line.Width / 2), range.From, range.To - 1))];

    private static double[] Values(ChartLine line, AggregateKind kind) =>
        [.. line.Columns.Select(column => new ColumnSummary(column.First, column.Last, column.Min, column.Max, column.Mean * column.Count, column.Count).Evaluate(kind))];
}
