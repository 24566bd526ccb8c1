using System.Runtime.CompilerServices;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// One scan: takes a snapshot of where the points are, then merges them block by block. It holds no transaction between blocks, so a slow
/// reader hinders nobody.
/// </summary>
internal static class PointScan
{
    /// <summary>Streams the points of a query.</summary>
    public static async IAsyncEnumerable<PointBlock> RunAsync(
        StoreEngine store, PointQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Away from the caller's context: reading and merging must not run on a circuit's dispatcher.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var left = query.Limit ?? long.MaxValue;
        if (left <= 0 || query.Range.IsEmpty) yield break;
        using var output = new ScanOutput();
        using var merge = new PointMerge(query.Descending);
        Plan(store, query, merge);
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Clear();
            merge.Fill(output, left);
            if (output.Count == 0) yield break;
            left -= output.Count;
            yield return output.Block;
        }
    }

    private static void Plan(StoreEngine store, PointQuery query, PointMerge merge)
    {
        var (series, lastId) = store.Index.Snapshot(query.Series);
        var filter = new ScanFilter(query, lastId);
        foreach (var one in series)
        {
            if (one.Head is { } head) merge.Add(new HeadCursor(one.Series, head, filter));
        }
    }
}
