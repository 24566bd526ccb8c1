using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Reading a store in PostgreSQL beside the LiveDash that owns it: the same points as the owner gives, whatever it does meanwhile, and nothing is written.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresPointReaderTests(PostgresServer server)
{
    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ScanAsync_WhileTheOwnerAppendsSealsAndDeletes_EqualsTheOwnersScan(int seed)
    {
        await using var store = await PostgresStore.OpenAsync(server);
        using var reader = Open(store.Schema);
        var random = new Random(seed);
        var series = Enumerable.Range(0, 4).Select(i => store.Series($"s{{n={i}}}")).ToArray();
        for (var round = 0; round < 25; round++)
        {
            await store.AppendAsync(Enumerable.Range(0, random.Next(1, 3_000)).Select(k => new StoredPoint(series[random.Next(4)], random.Next(50_000), k, k % 7 == 0 ? k : double.NaN, k % 7 == 0 ? 1 : double.NaN)));
            if (random.Next(3) == 0) await store.SealAsync();
            if (random.Next(8) == 0) await store.Points.DeleteAsync([series[random.Next(4)]], new TimeRange(10_000, 20_000), default);
            var from = random.Next(40_000);
            var query = new PointQuery { Series = [.. series.Take(random.Next(1, 5))], Range = new TimeRange(from, from + random.Next(1, 30_000)), LocatedOnly = random.Next(4) == 0 };

            Assert.Equal(await store.ScanAsync(query), await ScanAsync(reader, query));
        }

        Assert.Equal([series[1], -1, series[0]], reader.Find([Key("s{n=1}"), Key("s{n=9}"), Key("s{n=0}")]));
    }

    [StoreFact]
    public async Task ScanAsync_OwnerSealsAndMergesBetweenBlocks_GivesWhatWasThereAtItsBegin()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        using var reader = Open(store.Schema);
        var series = Enumerable.Range(0, 3).Select(i => store.Series($"s{i}")).ToArray();
        var random = new Random(3);
        for (var i = 0; i < 5; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[random.Next(3)], (i * 2000) + random.Next(3000), k)));
            if (i < 4) await store.SealAsync();
        }

        var query = new PointQuery { Series = series };
        var expected = await store.ScanAsync(query);
        var found = new List<StoredPoint>();
        await foreach (var block in reader.ScanAsync(query, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.AppendAsync(Enumerable.Range(0, 2000).Select(k => new StoredPoint(series[k % 3], random.Next(14_000), -1)));
            await store.SealAsync();
        }

        Assert.Equal(expected, found);
    }

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
    public async Task ScanAsync_NewerFormat_IsRefused()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        await server.RunAsync($"UPDATE {store.Schema}.owner SET format = 99");
        using var reader = Open(store.Schema);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ScanAsync(reader, new PointQuery { Series = [0] }));
    }

    private static SeriesKey Key(string text) => SeriesKey.TryParse(text, out var key) ? key! : throw new FormatException(text);

    private static async Task<List<StoredPoint>> ScanAsync(IPointReader reader, PointQuery query)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var found = new List<StoredPoint>();
        await foreach (var block in reader.ScanAsync(query, default)) found.AddRange(StoredPoint.Of(block));
        return found;
    }

    private IPointReader Open(string schema)
    {
        var reader = StorageServices.OpenReader(StoreKind.PostgreSQL, server.Address(schema), TimeProvider.System, static message => Assert.Fail(message), out var fault);
        Assert.Null(fault);
        return reader!;
    }
}
