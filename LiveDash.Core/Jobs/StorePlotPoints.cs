using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>The points of the store in this process. Thread-safe.</summary>
internal sealed class StorePlotPoints(IPointStore store) : IPlotPoints
{
    /// <inheritdoc/>
    public void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken) =>
        Jobs.Scan.Run(store, new PointQuery { Series = [.. series.Select(static s => s.Number)], Range = range, LocatedOnly = locatedOnly, WithSummaries = true }, onBlock, cancellationToken);

    /// <inheritdoc/>
    public StoredSummaries? FindSummaries(IReadOnlyList<PlotSeries> series, TimeRange range) =>
        StoredSummaries.OfAll(series.Select(one => store.FindSummaries(one.Number, range)));

    /// <summary>The store is its owner's to close.</summary>
    public void Dispose()
    {
    }
}
