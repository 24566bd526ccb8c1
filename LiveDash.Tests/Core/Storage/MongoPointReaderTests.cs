using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Reading a store in MongoDB beside the LiveDash that owns it: the same points as the owner gives, whatever it does meanwhile, and nothing is written.</summary>
public sealed class MongoPointReaderTests : PointReaderContract
{
    private protected override async Task<StoreHarness> OpenAsync(int variant) => await MongoStore.OpenAsync(replicaSet: variant == 1);

    private protected override IPointReader Open(StoreHarness store) => Open(((MongoStore)store).Server);

    [Fact]
    public async Task ScanAsync_OwnerSealsWhileItIsLookedAt_LooksAgain()
    {
        await using var store = await MongoStore.OpenAsync();
        using var reader = Open(store.Server);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 6_000).Select(k => new StoredPoint(series, k, k)));
        var sealings = 0;
        store.Server.Before = async command =>
        {
            // Between the reader's blocks and its log rows: without a second look these points would be in neither.
            if (command.GetElement(0).Name != "find" || command["find"] != "log" || sealings++ > 0) return;
            await store.SealAsync();
        };

        Assert.Equal(6_000, (await ScanAsync(reader, new PointQuery { Series = [series] })).Count);
        Assert.True(sealings > 1, "It was not looked at again.");
    }

    [Fact]
    public async Task ScanAsync_SealUnderWayOrGivenUp_IsNotSeenAndLosesNothing()
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: false);
        using var reader = Open(store.Server);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await store.AppendAsync(Enumerable.Range(100, 100).Select(k => new StoredPoint(series, k, k)));
        var query = new PointQuery { Series = [series] };
        // The commit point is written and its reply lost: the owner takes it for not done, and says so once it can write again.
        store.Server.Fail(new MongoFailure("update", "state") { Afterwards = true, Times = 1 });
        var cut = new MongoFailure("*", "state") { Times = int.MaxValue };
        store.Server.Fail(cut);
        store.Patience = TimeSpan.Zero;
        await Assert.ThrowsAsync<StoreUnavailableException>(store.SealAsync);

        Assert.Equal(200, (await ScanAsync(reader, query)).Count);
        cut.Times = 0;
        for (var i = 0; i < 20 && store.Points.Status.State != StoreState.Ready; i++) await store.StepAsync(store.Clock.GetUtcNow());
        Assert.Equal(200, (await ScanAsync(reader, query)).Count);
        await store.SealAsync();
        Assert.Equal(await store.ScanAsync(query), await ScanAsync(reader, query));
    }

    [Fact]
    public async Task ScanAsync_NextOwnerGivesNumbersAgain_ReadsItsBlocks()
    {
        await using var store = await MongoStore.OpenAsync(static options => options.RetentionDays = 1);
        using var reader = Open(store.Server);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 5_000).Select(k => new StoredPoint(series, k * TimeSpan.TicksPerMinute, k)));
        await store.SealAsync();
        var query = new PointQuery { Series = [series] };
        Assert.Equal(5_000, (await ScanAsync(reader, query)).Count);
        await store.Points.DeleteAsync([series], TimeRange.All, default);
        await store.ReopenAsync();
        await store.AppendAsync(Enumerable.Range(0, 3_000).Select(k => new StoredPoint(series, k, -k)));
        await store.SealAsync();

        Assert.Equal(await store.ScanAsync(query), await ScanAsync(reader, query));
    }

    [Fact]
    public async Task ScanAsync_AnyOfIt_WritesNothingAndTakesNoLease()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 5_000).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await store.AppendAsync(new StoredPoint(series, 5_000, 1));
        store.Server.MayOnlyRead = true;
        store.Server.Commands.Clear();
        using (var reader = Open(store.Server)) Assert.Equal(5_001, (await ScanAsync(reader, new PointQuery { Series = [series] })).Count);

        Assert.All(store.Server.Commands, static command => Assert.Contains(command.GetElement(0).Name, (string[])["find", "getMore", "hello", "buildInfo", "endSessions", "ping"]));
        store.Server.MayOnlyRead = false;
        await store.AppendAsync(new StoredPoint(series, 5_001, 1));
    }

    [Fact]
    public async Task ScanAsync_ServerCutOff_GoesOnWhenItIsBack()
    {
        await using var store = await MongoStore.OpenAsync();
        using var reader = Open(store.Server);
        var series = store.Series("a");
        for (var i = 0; i < 5; i++) await store.AppendAsync(Enumerable.Range(i * 20_000, 20_000).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        var found = 0;
        var cuts = 0;
        await foreach (var block in reader.ScanAsync(new PointQuery { Series = [series] }, default))
        {
            found += block.Count;
            if (cuts++ % 3 == 0) store.Server.CutAll();
        }

        Assert.Equal(100_000, found);
    }

    [Fact]
    public async Task ScanAsync_NothingStoredYet_GivesNothing()
    {
        await using var server = new MongoDoubleServer();
        using var reader = Open(server);

        Assert.Equal([-1], reader.Find([Key("a")]));
        Assert.Empty(await ScanAsync(reader, new PointQuery { Series = [0] }));
    }

    [Fact]
    public async Task ScanAsync_NewerFormat_IsRefused()
    {
        await using var server = new MongoDoubleServer();
        server.Put("livedash.state", new BsonDocument { { "_id", "seal" }, { "v", 9 } });
        using var reader = Open(server);

        Assert.Contains("newer LiveDash", (await Assert.ThrowsAsync<StoreUnavailableException>(() => ScanAsync(reader, new PointQuery { Series = [0] }))).Message, StringComparison.Ordinal);
    }

    private static IPointReader Open(MongoDoubleServer server) => Open(StoreKind.MongoDB, server.Address());
}
