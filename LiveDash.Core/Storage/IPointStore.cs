using LiveDash.Core.Model;

namespace LiveDash.Core.Storage;

/// <summary>
/// Keeps points and gives them back. All members are thread-safe; reading never waits for writing.
/// </summary>
public interface IPointStore : IAsyncDisposable
{
    /// <summary>How the store is doing now: cheap, never blocks.</summary>
    StoreStatus Status { get; }

    /// <summary>
    /// Opens the store, moves aside and reports what cannot be read, and loads the series it knows into the catalog. Called once, first.
    /// </summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a batch. Completes after the commit that holds it is on disk (commits are grouped). The store retains the batch while it needs it.
    /// Series numbers must be in the catalog. A point with a sender's id that is already kept for the same series and time is not kept again.
    /// </summary>
    /// <exception cref="StoreFullException">There is no space; nothing of the batch was kept.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only after a failed sync; nothing was kept.</exception>
    Task AppendAsync(PointBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Puts other values and locations in the place of those that some points have; their ids and times stay. Completes after the commit. Points that are
    /// gone meanwhile are passed over.
    /// </summary>
    /// <exception cref="NotSupportedException">This store cannot.</exception>
    /// <exception cref="StoreFullException">There is no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only after a failed sync; nothing was changed.</exception>
    Task ReplaceAsync(IReadOnlyList<PointChange> changes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This store cannot replace points.");

    /// <summary>
    /// Streams the chosen points in blocks, ordered by (time, id), in memory that does not grow with their number. A block is valid until the next one
    /// is asked for. The caller ends early by disposing the enumerator.
    /// </summary>
    IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the points of some series within a range of event time, those committed before the call; completes once that is on disk. How many went, by series;
    /// a series of which none did is left out. A point that is sent again under an id it had may be taken for a repeat for some minutes.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store is read-only; of the series some may be done already.</exception>
    Task<IReadOnlyDictionary<int, long>> DeleteAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken);

    /// <summary>Count, first and last time of every series that has points, kept up to date as points are committed.</summary>
    IReadOnlyList<SeriesStats> GetStats();

    /// <summary>Whether some of a series' rows within a range are summaries, and of what length; null where all are points as they came. Cheap: nothing is read.</summary>
    StoredSummaries? FindSummaries(int series, TimeRange range) => null;

    /// <summary>Count, first and last of one series; null where it has no points.</summary>
    SeriesStats? FindStats(int series)
    {
        foreach (var stats in GetStats())
        {
            if (stats.Series == series) return stats;
        }

        return null;
    }
}
