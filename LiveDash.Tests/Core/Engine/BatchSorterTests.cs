using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Engine;

public class BatchSorterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sort_ManyGroups_EachSeriesInOrderOfArrival(int shards)
    {
        var random = new Random(shards);
        for (var shard = 0; shard < shards; shard++)
        {
            // One sorter for all groups: what one leaves must not show in the next.
            var sorter = new BatchSorter(shard, shards);
            for (var round = 0; round < 50; round++)
            {
                var all = new List<(int Series, long Ticks, double Value)>();
                var batches = new List<PointBatch>();
                for (var b = random.Next(1, 5); b > 0; b--)
                {
                    var points = Enumerable.Range(0, random.Next(0, 60))
                        .Select(_ => (random.Next(round % 7 == 0 ? 3000 : 9), random.NextInt64(1, 1000), random.NextDouble())).ToArray();
                    all.AddRange(points);
                    batches.Add(EngineHarness.Batch(points));
                }

                sorter.Sort(batches);
                var found = new Dictionary<int, List<(long, double)>>();
                while (sorter.TryNext(out var local, out var times, out var values))
                {
                    var points = new List<(long, double)>();
                    for (var i = 0; i < times.Length; i++) points.Add((times[i], values[i]));
                    found.Add((local * shards) + shard, points);
                }

                var expected = all.Where(p => p.Series % shards == shard).GroupBy(p => p.Series)
                    .ToDictionary(g => g.Key, g => g.Select(p => (p.Ticks, p.Value)).ToList());
                Assert.Equal(expected.Keys.Order(), found.Keys.Order());
                foreach (var (series, points) in expected) Assert.Equal(points, found[series]);
                Assert.Equal(expected.Values.Sum(p => p.Count), sorter.Count);
                batches.ForEach(batch => batch.Release());
            }
        }
    }

    [Fact]
    public void Step_ManyBatchesWaiting_SameAsOneByOne()
    {
        var random = new Random(4);
        EngineHarness together = new(shards: 2), single = new(shards: 2);
        var spec = WindowSpec.Last(7);
        var leases = Enumerable.Range(0, 10).Select(s => (together.Engine.LeaseWindow(s, spec, []), single.Engine.LeaseWindow(s, spec, []))).ToList();
        together.Step();
        single.Step();
        for (var i = 0; i < 40; i++)
        {
            var points = Enumerable.Range(0, random.Next(1, 30)).Select(_ => (random.Next(10), together.Now + (i * 1000) + random.Next(500), random.NextDouble())).ToArray();
            together.Post(points);
            single.Post(points);
            single.Step();
        }

        together.Step();
        foreach (var (a, b) in leases) WindowAssert.Same(b.Read().Summary, a.Read().Summary);
        Assert.Equal(single.Engine.Status.Points, together.Engine.Status.Points);
    }

    [Fact]
    public void Step_ManyBatchesWaiting_LocatedPointsKeepTheirPlaces()
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseLocated(1, 0);
        harness.Step();
        for (var i = 0; i < 3; i++)
        {
            var batch = PointBatch.Rent();
            batch.Add(0, harness.Now, 0, 100, 100);
            batch.Add(1, harness.Now, 0, i, -i);
            harness.Hand(batch);
            batch.Release();
        }

        harness.Step();
        var fresh = new List<LocatedPoint>();
        lease.CopyNew([], fresh);

        Assert.Equal([(0.0, 0.0), (1, -1), (2, -2)], fresh.Select(p => (p.X, p.Y)));
    }

    [Fact]
    public void Step_JudgeFailsAmongManyBatches_LosesNoPointOfTheWindows()
    {
        var judges = new RecordingJudges { FailOn = 13 };
        var harness = new EngineHarness(judges: judges);
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(10), []);
        harness.Step();

        for (var i = 10; i < 16; i++) harness.Post((0, harness.Now + i, i));
        harness.Step();

        Assert.Equal(6, lease.Read().Summary.Count);
        Assert.Equal([10.0, 11, 12, 14, 15], judges.Seen);
        Assert.Equal(1, harness.Engine.Status.Faults);
    }
}
