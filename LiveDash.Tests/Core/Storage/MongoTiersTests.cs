using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Downsampling in MongoDB: the format, and a disk that is full.</summary>
public sealed class MongoTiersTests
{
    [Fact]
    public async Task StepAsync_FullDisk_DeletesWhatIsTooMuchThoughNothingCanBeDownsampled()
    {
        await using var store = await MongoStore.OpenAsync(static options =>
        {
            options.Tiers.Add(new TierSetting { Series = "a", Keep = "raw for 1d, 1m for 10d" });
            options.MaxBytes = 50_000;
        });
        // What retention must remember over a restart is written before.
        await store.StepAsync(store.Clock.GetUtcNow());
        var (a, other) = (store.Series("a"), store.Series("other"));
        var random = new Random(5);
        foreach (var (series, days) in (List<(int, int)>)[(other, 50), (a, 5)])
        {
            var first = store.Clock.Ticks - TimeSpan.FromDays(days).Ticks;
            await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), random.NextDouble())));
            await store.SealAsync();
        }

        store.SetFull(true);
        await Assert.ThrowsAsync<StoreFullException>(() => store.StepAsync(store.Clock.GetUtcNow().AddSeconds(11)));
        Assert.Empty(await store.ScanAsync(other));
        Assert.Equal(4_096, (await store.ScanAsync(a)).Count);

        store.SetFull(false);
        await store.StepAsync(store.Clock.GetUtcNow().AddSeconds(22));
        Assert.InRange((await store.ScanAsync(a)).Count, 69, 70);
    }

    [Fact]
    public async Task StepAsync_FirstSummaries_MakeTheDatabaseOneOfTheNextFormat()
    {
        await using var store = await MongoStore.OpenAsync(static options => options.Tiers.Add(new TierSetting { Keep = "raw for 1d, 1m for 10d" }));
        var series = store.Series("a");
        var first = store.Clock.Ticks - TimeSpan.FromDays(5).Ticks;
        await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i)));
        await store.SealAsync();
        Assert.Equal(1, store.Server.Documents("livedash.state").Single(static one => one["_id"] == "seal")["v"].ToInt32());

        await store.StepAsync(store.Clock.GetUtcNow());
        await store.AppendAsync(new StoredPoint(series, store.Clock.Ticks, 1));
        await store.SealAsync();

        Assert.Equal(2, store.Server.Documents("livedash.state").Single(static one => one["_id"] == "seal")["v"].ToInt32());
        await store.ReopenAsync();
        Assert.InRange((await store.ScanAsync(series)).Count, 70, 71);
    }
}
