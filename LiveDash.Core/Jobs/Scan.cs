using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Reads a scan on the calling thread. Workers are threads of their own with a low priority, and a store gives its blocks mostly without waiting, so the
/// reading runs at that priority too; with <c>await</c> it would move to the pool, among the requests that plots must not disturb.
/// </summary>
internal static class Scan
{
    /// <summary>Calls back for each block, in order.</summary>
    internal static void Run(IPointStore store, PointQuery query, Action<PointBlock> onBlock, CancellationToken cancellationToken) =>
        Run(store.ScanAsync(query, cancellationToken), onBlock, cancellationToken);

    /// <summary>Calls back for each block, in order.</summary>
    internal static void Run(IAsyncEnumerable<PointBlock> scan, Action<PointBlock> onBlock, CancellationToken cancellationToken)
    {
        var blocks = scan.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (Wait(blocks.MoveNextAsync()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                onBlock(blocks.Current);
            }
        }
        finally
        {
            var end = blocks.DisposeAsync();
            if (!end.IsCompletedSuccessfully) end.AsTask().GetAwaiter().GetResult();
        }
    }

    private static bool Wait(ValueTask<bool> next) => next.IsCompletedSuccessfully ? next.Result : next.AsTask().GetAwaiter().GetResult();
}
