using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Core.Storage;

public class StoreMigrationTests
{
    [Fact]
    public async Task MigrateAsync_ThereAndBack_KeepsPointsIdsSeriesSendersAndDocuments()
    {
        await using var server = new MongoDoubleServer();
        await using var source = await FilledAsync();
        var expected = await source.ScanAsync(0, 1, 2);
        await source.Points.DisposeAsync();
        var options = Options(source.Directory, server);

        var done = await StorageServices.MigrateAsync(options, StoreKind.Sqlite, StoreKind.MongoDB, TimeProvider.System, static _ => { }, default);

        Assert.Equal(("done", expected.Count, expected.Count, 3), (done.Step, done.Points, done.Of, done.Documents));
        using var back = new TempDirectory();
        await StorageServices.MigrateAsync(Options(back.Path, server), StoreKind.MongoDB, StoreKind.Sqlite, TimeProvider.System, static _ => { }, default);
        await using (var middle = MongoStore.On(server))
        {
            await middle.Points.OpenAsync(default);
            await CheckAsync(middle, expected);
        }

        await using var end = TempStore.At(back.Path);
        await end.Points.OpenAsync(default);
        await CheckAsync(end, expected);
    }

    [Fact]
    public async Task MigrateAsync_BrokenOff_GoesOnWhereItWas()
    {
        await using var server = new MongoDoubleServer();
        await using var source = await FilledAsync();
        var expected = await source.ScanAsync(0, 1, 2);
        await source.Points.DisposeAsync();
        var options = Options(source.Directory, server);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StorageServices.MigrateAsync(
            options, StoreKind.Sqlite, StoreKind.MongoDB, TimeProvider.System, progress => { if (progress.Step == "copying") stop.Cancel(); }, stop.Token));
        var before = server.Documents("livedash.block").Count;
        Assert.True(before > 0);
        server.Commands.Clear();

        await StorageServices.MigrateAsync(options, StoreKind.Sqlite, StoreKind.MongoDB, TimeProvider.System, static _ => { }, default);

        Assert.DoesNotContain(server.Commands, static c => c.GetElement(0).Name == "insert" && c["insert"] == "block");
        await using var end = MongoStore.On(server);
        await end.Points.OpenAsync(default);
        await CheckAsync(end, expected);
    }

    [Fact]
    public async Task MigrateAsync_TargetHoldsOtherData_IsRefusedAndLeftAlone()
    {
        await using var server = new MongoDoubleServer();
        await using (var other = MongoStore.On(server))
        {
            await other.Points.OpenAsync(default);
            await other.AppendAsync(new StoredPoint(other.Series("x"), 1, 1));
        }

        await using var source = await FilledAsync();
        await source.Points.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => StorageServices.MigrateAsync(Options(source.Directory, server), StoreKind.Sqlite, StoreKind.MongoDB, TimeProvider.System, static _ => { }, default));

        Assert.Contains("holds data already", refusal.Message, StringComparison.Ordinal);
        Assert.Single(server.Documents("livedash.log"));
    }

    [Fact]
    public async Task MigrateAsync_ABlockChangedUnderWay_IsFoundByTheComparison()
    {
        await using var server = new MongoDoubleServer();
        await using var source = await FilledAsync();
        await source.Points.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => StorageServices.MigrateAsync(
            Options(source.Directory, server), StoreKind.Sqlite, StoreKind.MongoDB, TimeProvider.System,
            progress =>
            {
                if (progress.Step != "comparing") return;
                var block = server.Documents("livedash.block")[0];
                block["b"].AsByteArray[^1] ^= 1;
            },
            default));

        Assert.Contains("differ", refusal.Message, StringComparison.Ordinal);
    }

    private static StorageOptions Options(string directory, MongoDoubleServer server) => new() { DataDirectory = directory, BallastBytes = 0, MongoDB = server.Address() };

    private static async Task<TempStore> FilledAsync()
    {
        var store = await TempStore.OpenAsync();
        var series = new[] { store.Series("a"), store.Series("b{host=x}"), store.Series("c") };
        for (var i = 0; i < 5; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 3_000).Select(k => new StoredPoint(series[k % 3], (i * 3_000) + k, k / 3.0, k % 5 == 0 ? k : double.NaN, k % 5 == 0 ? i : double.NaN, k % 7 == 0 ? $"n{i}-{k}" : null)));
            if (i < 4) await store.SealAsync();
        }

        await store.Documents.ApplyAsync([new("k", "a", [1, 2]), new("k", "b", new byte[9_000_000]), new("settings", "x", [3])], default);
        return store;
    }

    private static async Task CheckAsync(StoreHarness store, List<StoredPoint> expected)
    {
        Assert.Equal(expected, await store.ScanAsync(0, 1, 2));
        Assert.Equal("b{host=x}", store.Catalog[1].ToString());
        Assert.Equal(9_000_000, (await store.Documents.GetAsync("k", "b", default))!.Length);
        Assert.Equal(["a", "b"], (await store.Documents.ListAsync("k", default)).Select(static d => d.Id));
        Assert.Empty(await store.Documents.ListAsync("migration", default));
        // A sender's repeat is known, and no id is given twice.
        await store.AppendAsync(new StoredPoint(0, 0, 0, SenderId: "n0-0"));
        await store.AppendAsync(new StoredPoint(2, 1L << 40, 1));
        var found = await store.ScanAsync(0, 1, 2);
        Assert.Equal((expected.Count + 1, expected.Max(static p => p.Id) + 1), (found.Count, found[^1].Id));
    }
}
