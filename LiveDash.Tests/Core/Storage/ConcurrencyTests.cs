using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

public class ConcurrencyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScanAsync_BlocksMergedAndPointsAddedMeanwhile_GivesWhatWasThereAtItsBegin(bool descending)
    {
        await using var store = await TempStore.OpenAsync();
        var series = Enumerable.Range(0, 3).Select(i => store.Series($"s{i}")).ToArray();
        var random = new Random(3);
        for (var i = 0; i < 6; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[random.Next(3)], (i * 2000) + random.Next(3000), k)));
            if (i < 5) await store.Engine.Keeper.SealAsync();
        }

        var query = new PointQuery { Series = series, Descending = descending };
        var expected = await store.ScanAsync(query);
        var found = new List<StoredPoint>();
        await foreach (var block in store.Points.ScanAsync(query, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[k % 3], random.Next(14_000), -1)));
            await store.Engine.Keeper.SealAsync();
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task ScanAsync_RetentionMeanwhile_GivesTheRestInOrder()
    {
        await using var store = await TempStore.OpenAsync(static options => options.RetentionDays = 1);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 40_000).Select(k => new StoredPoint(series, k * TimeSpan.TicksPerMinute, k)));
        await store.Engine.Keeper.SealAsync();
        var found = new List<StoredPoint>();
        await foreach (var block in store.Points.ScanAsync(new PointQuery { Series = [series] }, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.Engine.Keeper.StepAsync(new DateTimeOffset(30_000 * TimeSpan.TicksPerMinute, TimeSpan.Zero));
        }

        Assert.Equal(found.OrderBy(static p => p.Ticks), found);
        Assert.Equal(39_999, found[^1].Value);
        Assert.Equal(store.Points.Status.Points, (await store.ScanAsync(series)).Count);
        Assert.InRange(store.Points.Status.Points, 40_000 - 30_000 + 1440, 40_000 - 30_000 + 1440 + 4096);
    }

    [Fact]
    public async Task ScanAsync_Cancelled_ThrowsAndTheStoreGoesOn()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 50_000).Select(k => new StoredPoint(series, k, k)));
        await store.Engine.Keeper.SealAsync();
        for (var round = 0; round < 20; round++)
        {
            using var cancel = new CancellationTokenSource();
            var blocks = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var block in store.Points.ScanAsync(new PointQuery { Series = [series] }, cancel.Token))
                {
                    if (++blocks == 3) await cancel.CancelAsync();
                }
            });
            Assert.Equal(3, blocks);
        }

        // Whatever a cut-off scan held would hinder this: nothing may read the database for its log to be cut back to nothing.
        await store.AppendAsync(new StoredPoint(series, 50_000, 1));
        await store.ReopenAsync();
        Assert.Equal(0, new FileInfo(store.Database + "-wal") is { Exists: true } log ? log.Length : 0);
        Assert.Equal(50_001, (await store.ScanAsync(series)).Count);
    }

    [Fact]
    public async Task ScanAsync_EndedEarlyBesideWriters_SeesEachBatchWholeOrNotAtAll()
    {
        await using var store = await TempStore.OpenAsync(static options => options.SealPoints = 1000);
        var (a, b) = (store.Series("a"), store.Series("b"));
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++) await store.AppendAsync(Enumerable.Range(0, 20).SelectMany(k => new StoredPoint[] { new(a, (i * 20) + k, k), new(b, (i * 20) + k, k) }));
        });
        long seen = 0;
        while (!writing.IsCompleted)
        {
            var found = await store.ScanAsync(a, b);
            Assert.True(found.Count >= seen, "A later scan saw less.");
            Assert.Equal(0, found.Count % 40);
            Assert.Equal(found.Count(p => p.Series == a), found.Count(p => p.Series == b));
            seen = found.Count;
            Assert.InRange((await store.ScanAsync(new PointQuery { Series = [a, b], Limit = 10, Descending = true })).Count, Math.Min(10, seen), 10);
        }

        await writing;
        Assert.Equal(12_000, (await store.ScanAsync(a, b)).Count);
    }

    [Fact]
    public async Task AppendAsync_CancelledWhileQueued_ReleasesTheBatchOnce()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var batch = PointBatch.Rent();
        batch.Add(series, 1, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Points.AppendAsync(batch, cancelled.Token));

        Assert.Equal(1, batch.Count);
        batch.Release();
        Assert.Throws<InvalidOperationException>(batch.Release);
        await store.AppendAsync(new StoredPoint(series, 2, 2));
        Assert.Equal(0, store.Points.Status.Queued);
    }

    [Fact]
    public async Task ApplyAsync_BesideAScanThatStandsStill_DoesNotLetTheLogGrow()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 20_000).Select(k => new StoredPoint(series, k, k)));
        await store.Engine.Keeper.SealAsync();
        await using var scan = store.Points.ScanAsync(new PointQuery { Series = [series] }, default).GetAsyncEnumerator();
        Assert.True(await scan.MoveNextAsync());

        for (var i = 0; i < 40; i++) await store.Documents.ApplyAsync([new("kind", "one", new byte[1 << 20])], default);

        Assert.InRange(new FileInfo(store.Database + "-wal").Length, 1, 20 << 20);
        Assert.True(await scan.MoveNextAsync());
    }

    [Fact]
    public async Task StepAsync_TooManyBytes_DeletesTheOldestOfAllSeries()
    {
        await using var store = await TempStore.OpenAsync(static options => options.MaxBytes = 1_000_000);
        var (a, b) = (store.Series("a"), store.Series("b"));
        var random = new Random(5);
        for (var i = 0; i < 10; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 20_000).Select(k => new StoredPoint(k % 2 == 0 ? a : b, (i * 20_000) + k, random.NextDouble())));
            await store.Engine.Keeper.SealAsync();
        }

        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 5; i++) await store.Engine.Keeper.StepAsync(now.AddMinutes(i));

        Assert.InRange(store.Points.Status.Points, 60_000, 135_000);
        var found = await store.ScanAsync(a, b);
        Assert.Equal(199_999, found[^1].Ticks);
        Assert.InRange(found[0].Ticks, 50_000, 145_000);
        Assert.Equal(store.Points.Status.Points, found.Count);
        await store.ReopenAsync();
        Assert.Equal(found.Count, store.Points.Status.Points);
        Assert.InRange(new FileInfo(store.Database).Length, 500_000, 1_600_000);
    }

    [Fact]
    public async Task AppendAsync_SameSenderIdAfterSealing_IsKeptOnce()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        StoredPoint[] file = [.. Enumerable.Range(0, 9000).Select(k => new StoredPoint(series, k / 3, k, SenderId: $"id{k}"))];
        await store.AppendAsync(file);
        await store.Engine.Keeper.SealAsync();

        await store.AppendAsync(file);
        await store.ReopenAsync();
        await store.AppendAsync([.. file, new StoredPoint(series, 5, 1, SenderId: "new"), new StoredPoint(series, 5, 2)]);

        Assert.Equal(9002, (await store.ScanAsync(series)).Count);
    }
}
