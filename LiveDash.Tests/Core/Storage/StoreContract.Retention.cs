using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task StepAsync_TooManyBytes_DeletesTheOldestOfAllSeries()
    {
        await using var store = await OpenAsync(static options => options.MaxBytes = 1_000_000);
        var (a, b) = (store.Series("a"), store.Series("b"));
        var random = new Random(5);
        for (var i = 0; i < 10; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 20_000).Select(k => new StoredPoint(k % 2 == 0 ? a : b, (i * 20_000) + k, random.NextDouble())));
            await store.SealAsync();
        }

        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 5; i++) await store.StepAsync(now.AddMinutes(i));

        Assert.InRange(store.Points.Status.Points, 60_000, 135_000);
        var found = await store.ScanAsync(a, b);
        Assert.Equal(199_999, found[^1].Ticks);
        Assert.InRange(found[0].Ticks, 50_000, 145_000);
        Assert.Equal(store.Points.Status.Points, found.Count);
        await store.ReopenAsync();
        Assert.Equal(found.Count, store.Points.Status.Points);
        Assert.InRange(store.Engine.Database.Measure().Data, 400_000, 1_600_000);
    }

    [StoreFact]
    public async Task AppendAsync_SameSenderIdAfterSealing_IsKeptOnce()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        StoredPoint[] file = [.. Enumerable.Range(0, 9000).Select(k => new StoredPoint(series, k / 3, k, SenderId: $"id{k}"))];
        await store.AppendAsync(file);
        await store.SealAsync();

        await store.AppendAsync(file);
        await store.ReopenAsync();
        await store.AppendAsync([.. file, new StoredPoint(series, 5, 1, SenderId: "new"), new StoredPoint(series, 5, 2)]);

        Assert.Equal(9002, (await store.ScanAsync(series)).Count);
    }
}
