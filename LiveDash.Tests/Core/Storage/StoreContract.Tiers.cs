using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [StoreFact]
    public async Task StepAsync_SeriesInTiers_BecomesExactSummariesStepByStepAndGoesAtTheEnd()
    {
        var keep = "raw for 1d, 1m for 10d, 1h for 60d";
        await using var store = await OpenAsync(options => options.Tiers.Add(new TierSetting { Series = "cpu.*", Keep = keep }));
        var (a, other) = (store.Series("cpu.load{host=a}"), store.Series("other"));
        var (first, second, third) = (Part(store, a, days: 50), Part(store, a, days: 5), Part(store, a, days: 0));
        foreach (var part in (List<StoredPoint>[])[first, second, third, Part(store, other, days: 50)]) await AddAsync(store, part);

        await store.StepAsync(store.Clock.GetUtcNow());
        await CheckAsync(store, a, [.. Rolled(first, s_hour), .. Rolled(second, s_minute), .. Rolled(third, TimeSpan.Zero)]);
        Assert.Equal(8_192, (await store.ScanAsync(other)).Count);
        Assert.Equal(new StoredSummaries(s_hour, second[^1].Ticks), store.Points.FindSummaries(a, TimeRange.All));
        Assert.Equal(s_minute, store.Points.FindSummaries(a, new TimeRange(second[0].Ticks, long.MaxValue))!.Value.Step);
        Assert.Null(store.Points.FindSummaries(a, new TimeRange(third[0].Ticks, long.MaxValue)));
        Assert.Null(store.Points.FindSummaries(other, TimeRange.All));

        await store.ReopenAsync();
        await CheckAsync(store, a, [.. Rolled(first, s_hour), .. Rolled(second, s_minute), .. Rolled(third, TimeSpan.Zero)]);

        // Minutes grow old, here by shorter ages, and become hours, as exact as of the points themselves.
        keep = "raw for 1d, 1m for 2d, 1h for 60d";
        await store.ReopenAsync();
        await store.StepAsync(store.Clock.GetUtcNow());
        await CheckAsync(store, a, [.. Rolled(first, s_hour), .. Rolled(second, s_hour), .. Rolled(third, TimeSpan.Zero)]);

        keep = "raw for 1d, 1m for 2d, 1h for 20d";
        await store.ReopenAsync();
        await store.StepAsync(store.Clock.GetUtcNow());
        await CheckAsync(store, a, [.. Rolled(second, s_hour), .. Rolled(third, TimeSpan.Zero)]);
        Assert.Equal(8_192, (await store.ScanAsync(other)).Count);
    }

    [StoreFact]
    public async Task StepAsync_CutOffWhileSummariesAreMade_KeepsThePointsOrTheirSummaries()
    {
        var finished = false;
        for (var writes = 0; !finished; writes++)
        {
            Assert.True(writes < 100, "The work never came to its end.");
            await using var store = await OpenAsync(Tiered);
            var a = store.Series("cpu.load");
            var points = Part(store, a, days: 5);
            await AddAsync(store, points);
            store.CutAfter(writes);
            try
            {
                await store.StepAsync(store.Clock.GetUtcNow());
                finished = (await store.ScanAsync(a)).Count < points.Count;
            }
            catch (IOException)
            {
                // Cut off.
            }

            await using var after = await store.AfterCrashAsync();
            var rows = await SummariesAsync(after, a);
            Check(rows.Count == points.Count ? Rolled(points, TimeSpan.Zero) : Rolled(points, s_minute), rows);
            await after.AppendAsync(new StoredPoint(a, after.Clock.Ticks, 1));
            Assert.Equal(rows.Count + 1, (await after.ScanAsync(a)).Count);
        }
    }

    [StoreFact]
    public async Task DeleteAsync_WithinSummaries_LeavesTheOthersWhatTheySay()
    {
        await using var store = await OpenAsync(Tiered);
        var a = store.Series("cpu.load");
        var points = Part(store, a, days: 5);
        await AddAsync(store, points);
        await store.StepAsync(store.Clock.GetUtcNow());
        var rows = Rolled(points, s_minute);
        var range = new TimeRange(rows[3].Ticks, rows[6].Ticks);

        await store.Points.DeleteAsync([a], range, default);

        rows.RemoveAll(row => range.Contains(row.Ticks));
        await CheckAsync(store, a, rows);
        Assert.Equal(rows.Select(static row => row.Ticks).Reverse(), (await store.ScanAsync(new PointQuery { Series = [a], Descending = true, WithSummaries = true })).Select(static point => point.Ticks));
        await store.ReopenAsync();
        await CheckAsync(store, a, rows);
    }

    [StoreFact]
    public async Task StepAsync_MoreToDownsampleThanOneStepMay_GoesOnAtTheNextStepWhereItStopped()
    {
        await using var store = await OpenAsync(Tiered);
        store.Engine.Keeper.MostRolled = 1;
        List<int> all = [store.Series("cpu.a"), store.Series("cpu.b"), store.Series("cpu.c")];
        foreach (var one in all) await AddAsync(store, Part(store, one, days: 5));
        var now = store.Clock.GetUtcNow();
        for (var done = 1; done <= all.Count; done++)
        {
            await store.StepAsync(now.AddSeconds(done));
            Assert.Equal([.. all.Select((_, i) => i < done)], all.Select(one => store.Points.FindSummaries(one, TimeRange.All) is not null));
            // What comes to the first meanwhile does not hold up the others.
            if (done == 1) await AddAsync(store, Part(store, all[0], days: 7));
        }

        Assert.True((await store.ScanAsync(all[0])).Count > 8_192);
        await store.StepAsync(now.AddSeconds(20));
        Assert.InRange((await store.ScanAsync(all[0])).Count, 1, 300);
    }

    private static void Tiered(StorageOptions options) => options.Tiers.Add(new TierSetting { Series = "cpu.*", Keep = "raw for 1d, 1m for 10d, 1h for 60d" });

    // Two blocks of a point each second, or few that are new.
    private static List<StoredPoint> Part(StoreHarness store, int series, double days)
    {
        var random = new Random(18);
        var from = store.Clock.Ticks - TimeSpan.FromDays(days).Ticks - (days > 0 ? 8_192 : 50) * TimeSpan.TicksPerSecond;
        return [.. Enumerable.Range(0, days > 0 ? 8_192 : 50).Select(i => new StoredPoint(series, from + (i * TimeSpan.TicksPerSecond), Math.Round(random.NextDouble() * 100, 2)))];
    }

    private static async Task AddAsync(StoreHarness store, List<StoredPoint> points)
    {
        await store.AppendAsync(points);
        await store.SealAsync();
    }

    private static List<Row> Rolled(List<StoredPoint> points, TimeSpan step) =>
    [
        .. points.OrderBy(static point => point.Ticks).GroupBy(point => step == TimeSpan.Zero ? point.Ticks : point.Ticks / step.Ticks).Select(static group =>
            new Row(group.Last().Ticks, group.Last().Value, group.Count(), group.Min(static point => point.Value), group.Max(static point => point.Value), (double)group.Sum(static point => (decimal)point.Value))),
    ];

    private static async Task CheckAsync(StoreHarness store, int series, List<Row> expected) => Check(expected, await SummariesAsync(store, series));

    private static void Check(List<Row> expected, List<Row> found)
    {
        Assert.Equal(expected.Select(static row => row with { Sum = 0 }), found.Select(static row => row with { Sum = 0 }));
        Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First.Sum, pair.Second.Sum, 1e-12 * Math.Max(1, Math.Abs(pair.First.Sum))));
    }

    private static async Task<List<Row>> SummariesAsync(StoreHarness store, int series)
    {
        var rows = new List<Row>();
        await foreach (var block in store.Points.ScanAsync(new PointQuery { Series = [series], WithSummaries = true }, default))
        {
            for (var i = 0; i < block.Count; i++)
            {
                var value = block.Values.Span[i];
                rows.Add(block.Counts.IsEmpty
                    ? new Row(block.Times.Span[i], value, 1, value, value, value)
                    : new Row(block.Times.Span[i], value, (long)block.Counts.Span[i], block.Least.Span[i], block.Greatest.Span[i], block.Sums.Span[i]));
            }
        }

        return rows;
    }

    private sealed record Row(long Ticks, double Value, long Count, double Least, double Greatest, double Sum);
}
