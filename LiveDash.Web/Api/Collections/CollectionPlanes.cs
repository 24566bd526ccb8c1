using LiveDash.Core.Collections;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Collections;

/// <summary>What a server has: the collection, and an index that finds rectangles. Asked each time, so that it is true. Thread-safe.</summary>
internal sealed class CollectionPlanes(CollectionReader reader)
{
    /// <summary>A filter by which the server finds what may lie in a rectangle; null where it has no index for it.</summary>
    public async Task<CollectionFilter?> NarrowAsync(CollectionMap map, BoundingBox box, CancellationToken cancellationToken)
    {
        if (map.Point is not { } path) return null;
        try
        {
            return await reader.HasPlaneIndexAsync(map, path, cancellationToken) ? CollectionFilter.Within(path, box) : null;
        }
        catch (StoreUnavailableException)
        {
            // The reading itself says what is wrong.
            return null;
        }
    }

    /// <summary>Whether the collection is there; false where the server cannot be asked.</summary>
    public async Task<bool> ExistsAsync(CollectionMap map, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ExistsAsync(map, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
