using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>What tiers are said to make of the points there are, against what they make of them.</summary>
public sealed class TierScaleTests
{
    [Fact]
    public async Task Weigh_BeforeTheyAreUsed_SaysWhatBecomesOfTheRows()
    {
        await using var store = await TempStore.OpenAsync();
        var (a, b, other) = (store.Series("cpu.load{host=a}"), store.Series("cpu.load{host=b}"), store.Series("mem"));
        foreach (var (series, days) in ((int, int)[])[(a, 50), (a, 5), (a, 0), (b, 90), (other, 50)])
        {
            var first = (store.Clock.Ticks - TimeSpan.FromDays(days).Ticks - TimeSpan.FromHours(2).Ticks) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour;
            await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i * 7 % 1_000 / 100.0)));
            await store.SealAsync();
        }

        var tiers = StorageTiers.Of([new TierSetting { Series = "cpu.*", Keep = "raw for 1d, 1m for 10d, 1h for 60d" }, new TierSetting { Series = "none", Keep = "raw for 1d" }]);
        var said = store.Engine.Weigh(tiers, store.Clock.Ticks);
        Assert.Equal([2, 0], said.Matches);
        Assert.Equal((4 * 4_096, 4_096, 4_096 + 69 + 2), (said.Rows, said.Deleted, said.RowsAfter));
        Assert.True(store.Engine.Tiers.IsEmpty);
        Assert.Equal(3 * 4_096, (await store.ScanAsync(a)).Count);

        store.Engine.Use(tiers);
        await store.StepAsync(store.Clock.GetUtcNow());

        Assert.Equal(said.RowsAfter, (await store.ScanAsync(a)).Count);
        Assert.Empty(await store.ScanAsync(b));
        Assert.Equal(4_096, (await store.ScanAsync(other)).Count);
        var bytes = store.Engine.Index.SnapshotBlocks().Where(one => one.Series == a).SelectMany(static one => one.Blocks).Sum(static block => (long)block.Bytes);
        Assert.InRange(said.BytesAfter, bytes / 2, bytes * 2);
        var done = store.Engine.Weigh(tiers, store.Clock.Ticks);
        Assert.Equal((said.RowsAfter, said.RowsAfter, 0), (done.Rows, done.RowsAfter, done.Deleted));
    }

    [Fact]
    public async Task Use_Others_AreInForceInTheNextRound()
    {
        await using var store = await TempStore.OpenAsync(static options => options.Tiers.Add(new TierSetting { Keep = "raw for 1d, 1m for 99d" }));
        var series = store.Series("a");
        var first = (store.Clock.Ticks - TimeSpan.FromDays(5).Ticks) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour;
        await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i)));
        await store.SealAsync();
        store.Engine.Use(StorageTiers.None);
        await store.StepAsync(store.Clock.GetUtcNow().AddSeconds(11));
        Assert.Equal(4_096, (await store.ScanAsync(series)).Count);

        store.Engine.Use(StorageTiers.Of([new TierSetting { Keep = "raw for 1d, 1h for 99d" }]));
        await store.StepAsync(store.Clock.GetUtcNow().AddSeconds(22));

        Assert.Equal(2, (await store.ScanAsync(series)).Count);
    }
}
