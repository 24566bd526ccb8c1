using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Where a worker reads the points of a plot: the store beside it, the server that owns them, or the database that it shares. Thread-safe.</summary>
internal interface IPlotPoints : IDisposable
{
    /// <summary>Calls back for each block, ordered by time as far as one plot must have it, on the calling thread. A block's series are the numbers of <paramref name="series"/>.</summary>
    void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken);

    /// <summary>Whether some of the points are kept as summaries; null where none are, or that is not known here.</summary>
    StoredSummaries? FindSummaries(IReadOnlyList<PlotSeries> series, TimeRange range) => null;
}
