using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>What every store promises, whatever its database; a class a store runs it.</summary>
public abstract partial class StoreContract
{
    /// <summary>A new store, opened.</summary>
    private protected abstract Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null);

    [StoreFact]
    public async Task AppendAsync_Points_AreScannedInOrderOfTimeAndId()
    {
        await using var store = await OpenAsync();
        var (a, b) = (store.Series("a"), store.Series("b{host=x}"));
        await store.AppendAsync(new(a, 30, 3), new(b, 10, 1), new(a, 20, 2, 5, 6));
        await store.AppendAsync(new StoredPoint(a, 20, 2.5));

        var found = await store.ScanAsync(a, b);

        Assert.Equal([10L, 20, 20, 30], found.Select(static p => p.Ticks));
        Assert.Equal([1.0, 2, 2.5, 3], found.Select(static p => p.Value));
        Assert.Equal([2L, 3, 4, 1], found.Select(static p => p.Id));
        Assert.Equal((5.0, 6.0), (found[1].X, found[1].Y));
        Assert.True(double.IsNaN(found[2].X));
    }

    [StoreFact]
    public async Task OpenAsync_AfterClose_KnowsPointsSeriesAndNumbers()
    {
        await using var store = await OpenAsync();
        store.Series("unused");
        var odd = new SeriesKey("odd", [new("k", "a,b={}\"")]);
        Assert.True(store.Catalog.TryIntern(odd, out var series));
        await store.AppendAsync(new StoredPoint(series, 7, -0.0, 1, 2), new(series, 9, 1e-300));

        await store.ReopenAsync();

        Assert.Equal(2, store.Catalog.Count);
        Assert.True(store.Catalog.TryFind(odd, out var again));
        Assert.Equal(series, again);
        var found = await store.ScanAsync(series);
        Assert.Equal([new(series, 7, -0.0, 1, 2) { Id = 1 }, new(series, 9, 1e-300) { Id = 2 }], found);
        await store.AppendAsync(new StoredPoint(series, 8, 1));
        Assert.Equal(3, (await store.ScanAsync(series))[1].Id);
    }

    [StoreFact]
    public async Task GetStats_AfterAppends_CountsEverySeries()
    {
        await using var store = await OpenAsync();
        var (a, b) = (store.Series("a"), store.Series("b"));
        store.Series("empty");
        await store.AppendAsync(new(a, 5, 1), new(a, 3, 1), new(b, 9, 1));

        Assert.Equal([new SeriesStats(a, 2, 3, 5), new(b, 1, 9, 9)], store.Points.GetStats());
        Assert.Equal((3, 3, StoreState.Ready), (store.Points.Status.Points, store.Points.Status.Appended, store.Points.Status.State));
        Assert.StartsWith(store.EngineName, store.Points.Status.Engine, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task AppendAsync_ManyAtOnce_KeepsEachBatchTogetherAndAll()
    {
        await using var store = await OpenAsync();
        var series = Enumerable.Range(0, 8).Select(i => store.Series($"s{i}")).ToArray();
        await Task.WhenAll(series.Select(s => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await store.AppendAsync(Enumerable.Range(0, 20).Select(k => new StoredPoint(s, (i * 20) + k, k)));
        })));

        await store.ReopenAsync();

        foreach (var s in series)
        {
            var found = await store.ScanAsync(s);
            Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (long)i), found.Select(static p => p.Ticks));
            Assert.All(found.Chunk(20), static chunk => Assert.Equal(19, chunk[^1].Id - chunk[0].Id));
        }
    }

    [StoreFact]
    public async Task AppendAsync_SameSenderId_IsKeptOnce()
    {
        await using var store = await OpenAsync();
        var (a, b) = (store.Series("a"), store.Series("b"));
        await store.AppendAsync(new(a, 1, 1, SenderId: "x"), new(a, 1, 2, SenderId: "x"), new(a, 1, 3, SenderId: "y"), new(a, 1, 4), new(a, 1, 5));
        await store.AppendAsync(new(a, 1, 6, SenderId: "x"), new(b, 1, 7, SenderId: "x"), new(a, 2, 8, SenderId: "x"));
        await store.ReopenAsync();
        await store.AppendAsync(new(a, 1, 9, SenderId: "y"), new(a, 2, 10, SenderId: "x"));

        Assert.Equal([1.0, 3, 4, 5, 8], (await store.ScanAsync(a)).Select(static p => p.Value));
        Assert.Equal([7.0], (await store.ScanAsync(b)).Select(static p => p.Value));
    }
}
