using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ScanAsync_RandomQueries_EqualAPlainFilter(int seed)
    {
        await using var store = await OpenAsync(static options => options.SealPoints = 1500);
        var random = new Random(seed);
        var series = Enumerable.Range(0, 5).Select(i => store.Series($"s{i}")).ToArray();
        var all = new List<StoredPoint>();
        for (var round = 0; round < 30; round++)
        {
            var points = Enumerable.Range(0, random.Next(1, 400)).Select(i => RandomPoint(random, series, round)).ToArray();
            await store.AppendAsync(points);
            var before = all.Count;
            all.AddRange(points.Select((p, i) => p with { Id = before + i + 1 }));
            if (round is 10 or 20) await store.ReopenAsync();
            for (var q = 0; q < 8; q++)
            {
                var query = RandomQuery(random, series, all);
                Assert.Equal(Oracle(all, query), await store.ScanAsync(query));
            }
        }
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScanAsync_ResumedAfterEveryPoint_GivesTheRest(bool descending)
    {
        await using var store = await OpenAsync(static options => options.SealPoints = 64);
        var random = new Random(7);
        var series = Enumerable.Range(0, 3).Select(i => store.Series($"s{i}")).ToArray();
        for (var i = 0; i < 10; i++) await store.AppendAsync(Enumerable.Range(0, 20).Select(_ => RandomPoint(random, series, 0)));
        var query = new PointQuery { Series = series, Descending = descending };
        var all = await store.ScanAsync(query);

        for (var i = 0; i < all.Count; i++)
        {
            var rest = await store.ScanAsync(query with { After = (all[i].Ticks, all[i].Id) });
            Assert.Equal(all.Skip(i + 1), rest);
        }
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScanAsync_ManySeriesWithSmallGroups_EqualsAPlainOrder(bool descending)
    {
        await using var store = await OpenAsync();
        var random = new Random(11);
        var series = Enumerable.Range(0, 3000).Select(i => store.Series($"s{i}")).ToArray();
        var all = new List<StoredPoint>();
        for (var round = 0; round < 3; round++)
        {
            // One series far longer than a group, the others shorter: both ends of a group's size.
            var points = Enumerable.Range(0, 9000).Select(i => RandomPoint(random, i % 3 == 0 ? [series[0]] : series, round)).ToArray();
            await store.AppendAsync(points);
            all.AddRange(points.Select((p, i) => p with { Id = all.Count + i + 1 }).ToArray());
        }

        var query = new PointQuery { Series = series, Descending = descending };

        Assert.Equal(Oracle(all, query), await store.ScanAsync(query));
    }

    private static StoredPoint RandomPoint(Random random, int[] series, int round)
    {
        // Mostly in order, some late, many at the same time; a third located.
        var ticks = random.Next(10) == 0 ? random.Next(0, 3000) : (round * 100) + random.Next(0, 100);
        var located = random.Next(3) == 0;
        return new StoredPoint(
            series[random.Next(series.Length)], ticks, random.Next(4) == 0 ? random.NextDouble() : random.Next(1000) / 10.0,
            located ? random.Next(10) : double.NaN, located ? random.Next(10) : double.NaN);
    }

    private static PointQuery RandomQuery(Random random, int[] series, List<StoredPoint> all)
    {
        var from = random.Next(-10, 3000);
        var resume = all[random.Next(all.Count)];
        return new PointQuery
        {
            Series = series.Where(_ => random.Next(2) == 0).ToArray(),
            Range = random.Next(2) == 0 ? TimeRange.All : new TimeRange(from, from + random.Next(0, 2000)),
            Limit = random.Next(2) == 0 ? null : random.Next(0, 200),
            Descending = random.Next(2) == 0,
            Box = random.Next(3) == 0 ? new BoundingBox(random.Next(8), random.Next(8), random.Next(5, 10), random.Next(5, 10)) : null,
            LocatedOnly = random.Next(4) == 0,
            After = random.Next(3) == 0 ? (resume.Ticks, resume.Id) : null,
            ArrivedAfter = random.Next(3) == 0 ? random.Next(all.Count + 1) : 0,
        };
    }

    private static IEnumerable<StoredPoint> Oracle(List<StoredPoint> all, PointQuery query)
    {
        var wanted = all.Where(p => query.Series.Contains(p.Series) && query.Range.Contains(p.Ticks));
        if (query.Box is { } box) wanted = wanted.Where(p => box.Contains(p.X, p.Y));
        wanted = wanted.Where(p => p.Id > query.ArrivedAfter);
        if (query.LocatedOnly) wanted = wanted.Where(static p => !double.IsNaN(p.X));
        wanted = query.Descending
            ? wanted.OrderByDescending(static p => p.Ticks).ThenByDescending(static p => p.Id)
            : wanted.OrderBy(static p => p.Ticks).ThenBy(static p => p.Id);
        if (query.After is { } after)
        {
            wanted = wanted.Where(p => query.Descending
                ? p.Ticks < after.Ticks || (p.Ticks == after.Ticks && p.Id < after.Id)
                : p.Ticks > after.Ticks || (p.Ticks == after.Ticks && p.Id > after.Id));
        }

        return query.Limit is { } limit ? wanted.Take((int)limit) : wanted;
    }
}
