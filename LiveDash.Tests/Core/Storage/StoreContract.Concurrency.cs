using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScanAsync_BlocksMergedAndPointsAddedMeanwhile_GivesWhatWasThereAtItsBegin(bool descending)
    {
        await using var store = await OpenAsync();
        var series = Enumerable.Range(0, 3).Select(i => store.Series($"s{i}")).ToArray();
        var random = new Random(3);
        for (var i = 0; i < 6; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[random.Next(3)], (i * 2000) + random.Next(3000), k)));
            if (i < 5) await store.SealAsync();
        }

        var query = new PointQuery { Series = series, Descending = descending };
        var expected = await store.ScanAsync(query);
        var found = new List<StoredPoint>();
        await foreach (var block in store.Points.ScanAsync(query, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[k % 3], random.Next(14_000), -1)));
            await store.SealAsync();
        }

        Assert.Equal(expected, found);
    }

    [StoreFact]
    public async Task AppendAsync_ManyWaitForRoom_KeepTheirOrder()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        for (var round = 0; round < 20; round++)
        {
            // As while points wait to be sealed.
            store.Engine.Writer.Room.Close();
            var waiting = Enumerable.Range(round * 50, 50).Select(k => store.AppendAsync(new StoredPoint(series, 1, k))).ToList();
            Assert.DoesNotContain(waiting, static append => append.IsCompleted);

            store.Engine.Writer.Room.Open();
            await Task.WhenAll(waiting);
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(static k => (double)k), (await store.ScanAsync(series)).Select(static point => point.Value));
    }

    [StoreFact]
    public async Task ScanAsync_RetentionMeanwhile_GivesTheRestInOrder()
    {
        await using var store = await OpenAsync(static options => options.RetentionDays = 1);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 40_000).Select(k => new StoredPoint(series, k * TimeSpan.TicksPerMinute, k)));
        await store.SealAsync();
        var found = new List<StoredPoint>();
        await foreach (var block in store.Points.ScanAsync(new PointQuery { Series = [series] }, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.StepAsync(new DateTimeOffset(30_000 * TimeSpan.TicksPerMinute, TimeSpan.Zero));
        }

        Assert.Equal(found.OrderBy(static p => p.Ticks), found);
        Assert.Equal(39_999, found[^1].Value);
        Assert.Equal(store.Points.Status.Points, (await store.ScanAsync(series)).Count);
        Assert.InRange(store.Points.Status.Points, 40_000 - 30_000 + 1440, 40_000 - 30_000 + 1440 + 4096);
    }

    [StoreFact]
    public async Task ScanAsync_Cancelled_ThrowsAndTheStoreGoesOn()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 50_000).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
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

        await store.AppendAsync(new StoredPoint(series, 50_000, 1));
        await store.ReopenAsync();
        Assert.Equal(50_001, (await store.ScanAsync(series)).Count);
    }

    [StoreFact]
    public async Task ScanAsync_EndedEarlyBesideWriters_SeesEachBatchWholeOrNotAtAll()
    {
        await using var store = await OpenAsync(static options => options.SealPoints = 1000);
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

    [StoreFact]
    public async Task AppendAsync_CancelledWhileQueued_ReleasesTheBatchOnce()
    {
        await using var store = await OpenAsync();
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
}
