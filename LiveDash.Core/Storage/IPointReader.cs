using LiveDash.Core.Model;

namespace LiveDash.Core.Storage;

/// <summary>
/// Reads the points of a store that another process owns and writes, without owning or changing anything: as they are committed when a scan begins. Thread-safe.
/// </summary>
public interface IPointReader : IDisposable
{
    /// <summary>The store's numbers of some series, in their order; -1 for one it does not know.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    IReadOnlyList<int> Find(IReadOnlyList<SeriesKey> series);

    /// <summary>Streams the chosen points as <see cref="IPointStore.ScanAsync"/> does. Begins on the caller's thread.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer, or changes faster than it can be read.</exception>
    IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken);
}
