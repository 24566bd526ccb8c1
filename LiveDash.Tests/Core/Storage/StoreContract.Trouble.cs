using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task AppendAsync_NoSpaceForAWhile_RefusesReadsOnAndRecoversByItself()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(series, k, k)));
        store.SetFull(true);

        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 1000, 1)));
        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 1001, 1)));
        await Assert.ThrowsAsync<StoreFullException>(() => store.Documents.ApplyAsync([new("kind", "new", [1])], default));
        await store.StepAsync(store.Clock.GetUtcNow());

        Assert.Equal(StoreState.Full, store.Points.Status.State);
        Assert.Contains("full", store.Points.Status.Message, StringComparison.Ordinal);
        Assert.Equal(100, (await store.ScanAsync(series)).Count);
        Assert.Null(await store.Documents.GetAsync("kind", "new", default));

        store.SetFull(false);
        await store.StepAsync(store.Clock.GetUtcNow().AddSeconds(1));
        Assert.Equal((StoreState.Ready, (string?)null), (store.Points.Status.State, store.Points.Status.Message));
        await store.AppendAsync(new StoredPoint(series, 2000, 1));
        await store.ReopenAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(static k => (long)k).Append(2000), (await store.ScanAsync(series)).Select(static p => p.Ticks));
    }

    [StoreFact]
    public async Task SealAsync_NoSpace_KeepsEverythingInMemoryAndLog()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 9000).Select(k => new StoredPoint(series, k, k)));
        store.SetFull(true);

        await Assert.ThrowsAsync<StoreFullException>(store.SealAsync);

        Assert.Equal(9000, (await store.ScanAsync(series)).Count);
        store.SetFull(false);
        await store.ReopenAsync();
        Assert.Equal(9000, (await store.ScanAsync(series)).Count);
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal((9000, 0), ((await store.ScanAsync(series)).Count, store.Engine.Index.HeadPoints));
    }

    [StoreFact]
    public async Task AppendAsync_DatabaseBroken_IsReadOnlyUntilARestart()
    {
        await using var store = await OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Break();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ApplyAsync([new("k", "a", null)], default));
        Assert.Equal(StoreState.ReadOnly, store.Points.Status.State);
        Assert.Contains("restart", store.Points.Status.Message, StringComparison.Ordinal);
        Assert.Single(await store.ScanAsync(series));
    }
}
