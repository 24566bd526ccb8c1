using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Live;

/// <summary>The lines that a chart's queries show of a stored range, read once: what a picture of the chart is drawn from. Stateless.</summary>
public static class ChartReading
{
    /// <summary>Reads them, <see cref="ChartPanelFeed.MaxLines"/> at most, in the chart's order and under its names.</summary>
    /// <param name="engine">Gives the columns.</param>
    /// <param name="catalog">Gives the series, their names and colours.</param>
    /// <param name="queries">What is shown; at least one.</param>
    /// <param name="range">The times.</param>
    /// <param name="most">How many points it reads at most: the bound of a plot, <see cref="Limits.MaxPlotPoints"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="QueryException">There are more points.</exception>
    public static async Task<IReadOnlyList<ChartLine>> ReadAsync(LiveEngine engine, SeriesCatalog catalog, IReadOnlyList<ChartQuery> queries, TimeRange range, long most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(catalog);
        var matcher = new SeriesMatcher(catalog, [.. queries.Select(static query => query.Patterns)], ChartPanelFeed.MaxLines);
        matcher.Update();
        var found = matcher.Found;
        var labels = Labels(LineNames.Of([.. found.Select(line => catalog[line.Series])]), queries, found);
        var lines = new List<ChartLine>();
        var read = 0L;
        for (var i = 0; i < found.Count; i++)
        {
            var query = queries[found[i].Query];
            var columns = await engine.ReadRangeAsync(found[i].Series, range, query.Columns, cancellationToken, count => (read += count) <= most).ConfigureAwait(false);
            if (read > most) throw new QueryException(QueryErrorKind.Limit, Limits.TooManyPlotPoints(most));
            lines.Add(new ChartLine(labels[i], catalog[found[i].Series], catalog.Colors[found[i].Series], query, Math.Max(1, (range.To - range.From) / query.Columns), columns));
        }

        return lines;
    }

    /// <summary>What lines are called where a chart may have several queries.</summary>
    internal static IReadOnlyList<string> Labels(LineNames names, IReadOnlyList<ChartQuery> queries, IReadOnlyList<(int Series, int Query)> found) =>
        [.. names.Labels.Select((label, i) => queries.Count > 1 && queries[found[i].Query].Words is { Length: > 0 } words ? $"{label} {words}" : label)];
}
