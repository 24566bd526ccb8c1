using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>The points of lines that stand in memory; a series' number is its place among them. Thread-safe.</summary>
internal sealed class LinePlotPoints(IReadOnlyList<PlotLine> lines) : IPlotPoints
{
    /// <summary>The lines as a plot's series, in their order.</summary>
    public static IReadOnlyList<PlotSeries> SeriesOf(IReadOnlyList<PlotLine> lines) => [.. lines.Select(static (line, i) => new PlotSeries(i, new SeriesKey(line.Name), line.Color))];

    /// <inheritdoc/>
    public void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken)
    {
        var all = series.SelectMany(one => Finite(one.Number)).Where(point => range.Contains(point.Time)).OrderBy(static point => point.Time).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        if (all.Count == 0) return;
        onBlock(new PointBlock
        {
            Ids = Enumerable.Range(1, all.Count).Select(static id => (long)id).ToArray(),
            Series = all.Select(static point => point.Series).ToArray(),
            Times = all.Select(static point => point.Time).ToArray(),
            Values = all.Select(static point => point.Value).ToArray(),
        });
    }

    /// <summary>The lines are their owner's.</summary>
    public void Dispose()
    {
    }

    private IEnumerable<(int Series, long Time, double Value)> Finite(int number)
    {
        var line = lines[number];
        for (var i = 0; i < line.Times.Length; i++)
        {
            if (double.IsFinite(line.Values.Span[i])) yield return (number, line.Times.Span[i], line.Values.Span[i]);
        }
    }
}
