using LiveDash.Core.Jobs;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Web.ViewModels;

/// <summary>What a picture of an expression draws: a line a label set, as its chart does. Pure.</summary>
public static class ExpressionPlot
{
    /// <summary>The lines, as many as a chart has.</summary>
    /// <param name="result">The answer over a range.</param>
    /// <param name="legend">What lines are called, such as <c>{{host}}</c>; empty for the labels that differ.</param>
    /// <param name="expr">The expression's text.</param>
    /// <param name="catalog">Knows the colours of series.</param>
    /// <param name="shown">The colours that lines have on screen, by <see cref="ExpressionNames.Text"/>; null where none is shown.</param>
    public static IReadOnlyList<PlotLine> Of(QueryResult result, string legend, string expr, SeriesCatalog catalog, IReadOnlyDictionary<string, int>? shown = null)
    {
        var found = result.Series.Take(ChartPanelFeed.MaxLines).ToList();
        var names = ExpressionNames.Of([.. found.Select(static one => one.Labels)], legend, expr);
        var lines = new List<PlotLine>();
        foreach (var (one, label) in found.Zip(names.Labels))
        {
            var color = shown?.GetValueOrDefault(ExpressionNames.Text(one.Labels, expr), -1) is { } told and >= 0 and < SeriesColors.Count ? told
                : ExpressionColors.Next(catalog, one.Labels, lines.Select(static line => line.Color));
            lines.Add(new PlotLine(label, color, one.Times, one.Values));
        }

        return lines;
    }
}
