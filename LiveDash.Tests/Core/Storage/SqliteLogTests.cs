using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

public class SqliteLogTests
{
    [Fact]
    public async Task ScanAsync_Cancelled_HoldsNothingThatKeepsTheLogFromBeingCutBack()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 50_000).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        for (var round = 0; round < 20; round++)
        {
            await using var scan = store.Points.ScanAsync(new PointQuery { Series = [series] }, default).GetAsyncEnumerator();
            for (var i = 0; i < 3; i++) Assert.True(await scan.MoveNextAsync());
        }

        await store.AppendAsync(new StoredPoint(series, 50_000, 1));
        await store.ReopenAsync();

        Assert.Equal(0, new FileInfo(store.Database + "-wal") is { Exists: true } log ? log.Length : 0);
    }

    [Fact]
    public async Task ApplyAsync_BesideAScanThatStandsStill_DoesNotLetTheLogGrow()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 20_000).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await using var scan = store.Points.ScanAsync(new PointQuery { Series = [series] }, default).GetAsyncEnumerator();
        Assert.True(await scan.MoveNextAsync());

        for (var i = 0; i < 40; i++) await store.Documents.ApplyAsync([new("kind", "one", new byte[1 << 20])], default);

        Assert.InRange(new FileInfo(store.Database + "-wal").Length, 1, 20 << 20);
        Assert.True(await scan.MoveNextAsync());
    }

    [Fact]
    public async Task AppendAsync_BeforeOpenAndAfterClose_IsRefused()
    {
        await using var store = TempStore.At(Path.Combine(Path.GetTempPath(), "livedash-never-made"));
        var batch = PointBatch.Rent();
        batch.Add(0, 1, 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Points.AppendAsync(batch, default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.GetAsync("k", "a", default));
        Assert.Equal(StoreState.Opening, store.Points.Status.State);
        batch.Release();
    }
}
