using LiveDash.Core.Jobs;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Web.ViewModels;

/// <summary>What a picture of an expression draws: a line a label set, as its chart does, in colours by their order. Pure.</summary>
public static class ExpressionPlot
{
    /// <summary>The lines, as many as a chart has.</summary>
    /// <param name="result">The answer over a range.</param>
    /// <param name="legend">What lines are called, such as <c>{{host}}</c>; empty for the labels that differ.</param>
    /// <param name="expr">The expression's text.</param>
    public static IReadOnlyList<PlotLine> Of(QueryResult result, string legend, string expr)
    {
        var shown = result.Series.Take(ChartPanelFeed.MaxLines).ToList();
        var names = ExpressionNames.Of([.. shown.Select(static one => one.Labels)], legend, expr);
        return [.. shown.Select((one, i) => new PlotLine(names.Labels[i], i % SeriesColors.Count, one.Times, one.Values))];
    }
}
