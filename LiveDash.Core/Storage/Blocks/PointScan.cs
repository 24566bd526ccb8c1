using System.Runtime.CompilerServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// One scan: takes a snapshot of where the points are, then merges them block by block. It holds no transaction and no lock between blocks, so a
/// slow reader hinders nobody. Where sealing or retention removed a block meanwhile, it plans anew behind the last point it gave; what was
/// committed after it began stays left out by its id, so the answer is the same.
/// </summary>
internal static class PointScan
{
    // How many points of all heads one scan copies ahead of the merge, beyond the least group of each series: a cursor stands open for every series at
    // once, so groups of the full size would make the memory of one reader that stalls grow by 20 KiB a series.
    private const int MaxHeadPoints = 65_536;
    private const int LeastGroup = 16;

    // After so many plans that came to nothing, sealing is held off for one block.
    private const int MaxFruitlessPlans = 3;

    /// <summary>Streams the points of a query.</summary>
    public static async IAsyncEnumerable<PointBlock> RunAsync(
        IScanSource store, PointQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Away from the caller's context: reading and merging must not run on a circuit's dispatcher.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var left = query.Limit ?? long.MaxValue;
        if (left <= 0 || query.Range.IsEmpty) yield break;
        using var output = new ScanOutput();
        var lastId = store.LastId;
        using var reading = store.BeginScan();
        var merge = Plan(store, query, lastId);
        try
        {
            var fruitless = 0;
            while (left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Clear();
                var taken = 0;
                while (!merge.Fill(output, left))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (output.Count > taken)
                    {
                        (fruitless, taken) = (0, output.Count);
                        query = query with { After = output.Last };
                    }

                    merge.Dispose();
                    if (++fruitless <= MaxFruitlessPlans)
                    {
                        merge = Plan(store, query, lastId);
                        continue;
                    }

                    using var held = await store.HoldAsync(cancellationToken).ConfigureAwait(false);
                    merge = Plan(store, query, lastId);
                    merge.SkipsGone = true;
                    merge.Fill(output, left);
                    merge.SkipsGone = false;
                    break;
                }

                if (output.Count == 0) yield break;
                fruitless = 0;
                left -= output.Count;
                query = query with { After = output.Last };
                yield return output.Block;
            }
        }
        finally
        {
            merge.Dispose();
        }
    }

    /// <summary>How many points of each series in memory a scan over so many series copies at a time.</summary>
    internal static int HeadGroup(int series) => Math.Clamp(MaxHeadPoints / Math.Max(series, 1), LeastGroup, ScanCursor.GroupPoints);

    private static PointMerge Plan(IScanSource store, PointQuery query, long lastId)
    {
        var series = store.Snapshot(query.Series);
        var filter = new ScanFilter(query, lastId);
        var merge = new PointMerge(query.Descending, store.Blocks.ReadsAhead);
        try
        {
            var group = HeadGroup(series.Count);
            foreach (var one in series)
            {
                merge.Add(new BlockLane(one, filter, store.Blocks));
                if (one.Head is { } head) merge.Add(new HeadCursor(one.Series, head, filter, group));
            }

            return merge;
        }
        catch
        {
            merge.Dispose();
            throw;
        }
    }
}
