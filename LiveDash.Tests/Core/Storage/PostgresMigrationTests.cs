using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Everything goes from the embedded store into PostgreSQL, from there into MongoDB, and back.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresMigrationTests(PostgresServer server)
{
    [StoreFact]
    public async Task MigrateAsync_RoundAllStores_KeepsPointsIdsSeriesSendersAndDocuments()
    {
        await using var mongo = new MongoDoubleServer();
        await using var source = await TempStore.OpenAsync();
        var (a, b) = (source.Series("a"), source.Series("b{host=x}"));
        source.Series("unused");
        await source.AppendAsync(Enumerable.Range(0, 9_000).Select(k => new StoredPoint(k % 2 == 0 ? a : b, k, k * 0.1, k, -k, SenderId: k % 3 == 0 ? $"id{k}" : null)));
        await source.Documents.ApplyAsync([new("rule", "one", [1, 2]), new("image", "big", new byte[9 << 20]), new("rule", "é", [])], default);
        var expected = await source.ScanAsync(a, b);
        await source.Points.DisposeAsync();
        var schema = server.NewSchema();
        using var end = new TempDirectory();
        var options = new StorageOptions { DataDirectory = source.Directory, MongoDB = mongo.Address(), PostgreSQL = server.Address(schema) };

        await StorageServices.MigrateAsync(options, StoreKind.Sqlite, StoreKind.PostgreSQL, TimeProvider.System, static _ => { }, default);
        await StorageServices.MigrateAsync(options, StoreKind.PostgreSQL, StoreKind.MongoDB, TimeProvider.System, static _ => { }, default);
        options.DataDirectory = end.Path;
        var done = await StorageServices.MigrateAsync(options, StoreKind.PostgreSQL, StoreKind.Sqlite, TimeProvider.System, static _ => { }, default);

        Assert.Equal(("done", 9_000L, 3), (done.Step, done.Points, done.Documents));
        foreach (StoreHarness store in (StoreHarness[])[PostgresStore.On(server, schema), MongoStore.On(mongo), TempStore.At(end.Path)])
        {
            await using (store)
            {
                await store.Points.OpenAsync(default);
                Assert.Equal(expected, await store.ScanAsync(0, 1));
                Assert.Equal(3, store.Catalog.Count);
                Assert.Equal(9 << 20, (await store.Documents.GetAsync("image", "big", default))!.Length);
                // Senders' ids came along: what is sent again is a repeat.
                await store.AppendAsync(new StoredPoint(0, 0, 1, SenderId: "id0"));
                Assert.Equal(9_000, store.Points.Status.Points);
            }
        }
    }
}
