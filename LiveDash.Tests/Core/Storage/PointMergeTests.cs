using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The merge by slices against a plain order of all points.</summary>
public class PointMergeTests
{
    // Few and many series; series of very different rates; all points of one moment; blocks that overlap and late points; short-lived series one after another.
    [Theory]
    [InlineData(1, 3, 3_000, "even")]
    [InlineData(2, 40, 700, "even")]
    [InlineData(3, 1_200, 20, "even")]
    [InlineData(4, 30, 400, "rates")]
    [InlineData(5, 20, 900, "moments")]
    [InlineData(6, 25, 600, "late")]
    [InlineData(7, 60, 100, "one after another")]
    public void Fill_RandomSeries_EqualsAPlainOrder(int seed, int series, int points, string kind)
    {
        var random = new Random(seed);
        var all = Points(random, series, points, kind);
        foreach (var descending in (bool[])[false, true])
        {
            foreach (var limit in (long?[])[null, 1, 10, 5_000])
            {
                var query = new PointQuery { Series = [.. Enumerable.Range(0, series)], Descending = descending, Limit = limit, WithSummaries = true, WithSenders = true };
                var ordered = descending ? all.OrderByDescending(static one => one.Ticks).ThenByDescending(static one => one.Id) : all.OrderBy(static one => one.Ticks).ThenBy(static one => one.Id);
                var wanted = ordered.Take((int)(limit ?? int.MaxValue)).ToList();
                var (bodies, snapshots) = Seal(new Random(seed), all, series);

                var (found, senders, counts) = Merge(bodies, snapshots, query);

                Assert.Equal(wanted, found);
                Assert.Equal(wanted.Select(static one => Sender(one)), senders);
                Assert.Equal(wanted.Select(static one => Count(one)), counts);
            }
        }
    }

    [Fact]
    public void Fill_OneWanted_ReadsTheBlockAloneThatMayHoldIt()
    {
        var (bodies, snapshots) = (new KeptBodies(), new List<SeriesSnapshot>());
        long id = 0;
        for (var series = 0; series < 100; series++)
        {
            var blocks = Enumerable.Range(0, 5).Select(block =>
            {
                var columns = new PointColumns();
                for (var i = 0; i < 50; i++) columns.Add((block * 1_000) + (series * 100) + i, ++id, 1, double.NaN, double.NaN, 0);
                return bodies.Add(columns);
            }).ToArray();
            snapshots.Add(new SeriesSnapshot(series, blocks, null));
        }

        var (found, _, _) = Merge(bodies, snapshots, new PointQuery { Series = [.. Enumerable.Range(0, 100)], Limit = 1 });

        Assert.Equal(0, Assert.Single(found).Ticks);
        Assert.Equal([1L], bodies.Read);
    }

    [Fact]
    public void Fill_ABlockIsGone_WhatWasGivenIsRightAndTheRestIsAskedForAnew()
    {
        var random = new Random(9);
        var all = Points(random, 10, 2_000, "even");
        var (bodies, snapshots) = Seal(random, all, 10);
        var gone = snapshots[3].Blocks[^1];
        bodies.Remove(gone.Id);
        using var merge = Plan(bodies, snapshots, new PointQuery { Series = [.. Enumerable.Range(0, 10)] });
        using var output = new ScanOutput();
        var given = new List<StoredPoint>();
        while (true)
        {
            output.Clear();
            var whole = merge.Fill(output, long.MaxValue);
            if (output.Count > 0) given.AddRange(StoredPoint.Of(output.Block));
            if (!whole) break;
            Assert.NotEqual(0, output.Count);
        }

        Assert.Equal(all.OrderBy(static one => one.Ticks).ThenBy(static one => one.Id).Take(given.Count), given);
        Assert.All(given, one => Assert.True(one.Ticks <= gone.MinTime));
    }

    [Fact]
    public void Fill_AThousandSeries_AllocatesNothingAPoint()
    {
        var all = Points(new Random(3), 1_000, 100, "even");
        var (bodies, snapshots) = Seal(new Random(3), all, 1_000, heads: false);
        var query = new PointQuery { Series = [.. Enumerable.Range(0, 1_000)] };
        Count(bodies, snapshots, query);

        var (points, bytes) = Count(bodies, snapshots, query);

        Assert.Equal(all.Count, points);
        // Of cursors and directories of the blocks; a byte a point would be four times of it.
        Assert.True(bytes < points / 4, $"{bytes:N0} bytes for {points:N0} points");
    }

    // How many points there are, and what was allocated once all blocks had been opened.
    private static (int Points, long Bytes) Count(KeptBodies bodies, List<SeriesSnapshot> snapshots, PointQuery query)
    {
        using var merge = Plan(bodies, snapshots, query);
        using var output = new ScanOutput();
        var (points, opened) = (0, 0L);
        do
        {
            output.Clear();
            Assert.True(merge.Fill(output, long.MaxValue));
            if (points == 0) opened = GC.GetAllocatedBytesForCurrentThread();
            points += output.Count;
        }
        while (output.Count > 0);

        return (points, GC.GetAllocatedBytesForCurrentThread() - opened);
    }

    private static (List<StoredPoint> Points, List<ulong> Senders, List<double> Counts) Merge(KeptBodies bodies, List<SeriesSnapshot> snapshots, PointQuery query)
    {
        using var merge = Plan(bodies, snapshots, query);
        using var output = new ScanOutput();
        var (found, senders, counts) = (new List<StoredPoint>(), new List<ulong>(), new List<double>());
        while (true)
        {
            output.Clear();
            Assert.True(merge.Fill(output, (query.Limit ?? long.MaxValue) - found.Count));
            if (output.Count == 0) return (found, senders, counts);
            var block = output.Block;
            found.AddRange(StoredPoint.Of(block));
            senders.AddRange(block.Senders.IsEmpty ? new ulong[block.Count] : block.Senders.ToArray());
            counts.AddRange(block.Counts.IsEmpty ? Enumerable.Repeat(1.0, block.Count) : block.Counts.ToArray());
            if (!block.Sums.IsEmpty) Assert.Equal(block.Values.ToArray().Zip(block.Counts.ToArray(), static (value, count) => value * count), block.Sums.ToArray());
        }
    }

    private static PointMerge Plan(KeptBodies bodies, List<SeriesSnapshot> snapshots, PointQuery query)
    {
        var filter = new ScanFilter(query, long.MaxValue);
        var merge = new PointMerge(query.Descending, looksAhead: false);
        var source = new BlockSource(bodies, static (_, _, why) => Assert.Fail(why));
        foreach (var one in snapshots)
        {
            merge.Add(new BlockLane(one, filter, source));
            if (one.Head is { } head) merge.Add(new HeadCursor(one.Series, head, filter, PointScan.HeadGroup(snapshots.Count)));
        }

        return merge;
    }

    // In the order of arrival.
    private static List<StoredPoint> Points(Random random, int series, int points, string kind)
    {
        var all = new List<(long Arrival, StoredPoint Point)>();
        for (var one = 0; one < series; one++)
        {
            var pace = kind == "rates" ? 1 + (one == 0 ? 0 : random.Next(2_000)) : 20;
            var begin = kind == "one after another" ? one * points * 15 : 0;
            for (var i = 0; i < (kind == "rates" && one == 0 ? points * 20 : points); i++)
            {
                long ticks = begin + (i * pace) + random.Next(pace);
                if (kind == "moments") ticks = ticks / 500 * 500;
                var arrival = ticks + (kind == "late" && random.Next(4) == 0 ? random.Next(5_000) : 0);
                var located = random.Next(3) == 0;
                all.Add((arrival, new StoredPoint(one, ticks, random.Next(1_000), located ? random.Next(10) : double.NaN, located ? random.Next(10) : double.NaN)));
            }
        }

        return [.. all.OrderBy(static one => one.Arrival).Select(static (one, i) => one.Point with { Id = i + 1 })];
    }

    // Blocks of random length in the order of arrival, the last points in memory.
    private static (KeptBodies Bodies, List<SeriesSnapshot> Snapshots) Seal(Random random, List<StoredPoint> all, int series, bool heads = true)
    {
        var (bodies, snapshots) = (new KeptBodies(), new List<SeriesSnapshot>());
        var points = all.ToLookup(static one => one.Series);
        for (var one = 0; one < series; one++)
        {
            var left = points[one].ToList();
            var head = new PointColumns();
            var blocks = new List<BlockHeader>();
            while (left.Count > 0)
            {
                var count = heads ? Math.Min(left.Count, random.Next(1, 1_200)) : left.Count;
                // Summaries are sealed from the start.
                var columns = heads && one % 4 != 1 && count == left.Count && random.Next(2) == 0 ? head : new PointColumns();
                foreach (var point in left.Take(count))
                {
                    columns.Add(point.Ticks, point.Id, point.Value, point.X, point.Y, Sender(point));
                    if (Count(point) is > 1 and var summed) columns.Summarize(point.Value, point.Value, point.Value * summed, summed);
                }

                if (columns != head) blocks.Add(bodies.Add(columns));
                left.RemoveRange(0, count);
            }

            snapshots.Add(new SeriesSnapshot(one, [.. blocks], head.Count > 0 ? head.View : null));
        }

        return (bodies, snapshots);
    }

    // Summaries have no senders.
    private static ulong Sender(StoredPoint point) => point.Series % 3 == 0 && point.Series % 4 != 1 ? (ulong)point.Id : 0;

    private static double Count(StoredPoint point) => point.Series % 4 == 1 ? 1 + (point.Id % 5) : 1;
}
