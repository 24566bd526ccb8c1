using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Reading a store in PostgreSQL beside the LiveDash that owns it: the same points as the owner gives, whatever it does meanwhile, and nothing is written.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresPointReaderTests(PostgresServer server) : PointReaderContract
{
    private protected override async Task<StoreHarness> OpenAsync(int variant) => await PostgresStore.OpenAsync(server);

    private protected override IPointReader Open(StoreHarness store) => Open(((PostgresStore)store).Schema);

    [StoreFact]
    public async Task ScanAsync_SealCommittedAndNothingDeletedYet_GivesEachPointOnce()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        using var reader = Open(store.Schema);
        var series = store.Series("a");
        foreach (var at in (int[])[0, 10])
        {
            await store.AppendAsync(Enumerable.Range(at, 10).Select(k => new StoredPoint(series, k, k)));
            // The second seal merges the first one's block; what it replaces is deleted by the next change.
            if (at == 10) store.CutAfter(1);
            await store.SealAsync();
        }

        Assert.NotEqual(0L, await server.RunAsync($"SELECT count(*) FROM {store.Schema}.pending"));
        Assert.Equal(Enumerable.Range(0, 20).Select(static k => (long)k), (await ScanAsync(reader, new PointQuery { Series = [series] })).Select(static p => p.Ticks));
    }

    [StoreFact]
    public async Task ScanAsync_NextOwnerGivesNumbersAgain_ReadsItsSeries()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        using var reader = Open(store.Schema);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        Assert.Equal([0, -1], reader.Find([Key("a"), Key("b")]));
        await store.Points.DisposeAsync();
        await server.RunAsync($"DELETE FROM {store.Schema}.log");
        await server.RunAsync($"DELETE FROM {store.Schema}.series");

        await using var next = PostgresStore.On(server, store.Schema);
        await next.Points.OpenAsync(default);
        await next.AppendAsync(new StoredPoint(next.Series("b"), 2, 2));

        Assert.Equal([-1, 0], reader.Find([Key("a"), Key("b")]));
        Assert.Equal(2, (await ScanAsync(reader, new PointQuery { Series = [0] })).Single().Ticks);
    }

    [StoreFact]
    public async Task ScanAsync_RoleThatMayOnlyRead_WillDo()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        await store.SealAsync();
        var role = "reader_" + store.Schema;
        await server.RunAsync($"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {store.Schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {store.Schema} TO {role}");
        using var reader = StorageServices.OpenReader(StoreKind.PostgreSQL, server.Address(store.Schema).Replace("Username=livedash", "Username=" + role, StringComparison.Ordinal), TimeProvider.System, static message => Assert.Fail(message), out _)!;

        Assert.Equal(1, (await ScanAsync(reader, new PointQuery { Series = [0] })).Single().Ticks);
    }

    [StoreFact]
    public async Task ScanAsync_NothingThereYet_GivesNothing()
    {
        using var reader = Open(server.NewSchema());

        Assert.Equal([-1], reader.Find([Key("a")]));
        Assert.Empty(await ScanAsync(reader, new PointQuery { Series = [0] }));
    }

    [StoreFact]
    public async Task ScanAsync_ServerOfBeforeDownsampling_IsReadAllTheSame()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        await store.SealAsync();
        await server.RunAsync($"ALTER TABLE {store.Schema}.block DROP COLUMN step");
        using var reader = Open(store.Schema);

        Assert.Equal(1, (await ScanAsync(reader, new PointQuery { Series = [0] })).Single().Ticks);
    }

    [StoreFact]
    public async Task ScanAsync_NewerFormat_IsRefused()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        await server.RunAsync($"UPDATE {store.Schema}.owner SET format = 99");
        using var reader = Open(store.Schema);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ScanAsync(reader, new PointQuery { Series = [0] }));
    }

    private IPointReader Open(string schema) => Open(StoreKind.PostgreSQL, server.Address(schema));
}
