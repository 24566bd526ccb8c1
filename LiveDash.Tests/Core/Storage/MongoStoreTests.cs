using System.Security.Cryptography;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Storage;

/// <summary>What is MongoDB's own in its store: outcomes that are unknown, a second writer, the lease, documents without transactions.</summary>
public class MongoStoreTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_ReplyLost_IsKeptOnceAndAcknowledgedOnce(bool replicaSet)
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: replicaSet);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Server.Fail(new MongoFailure("insert", "log") { Afterwards = true, Times = replicaSet ? 3 : 2 });

        await store.AppendAsync(new(series, 2, 2), new(series, 3, 3));

        Assert.Equal([1L, 2, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
        await store.ReopenAsync();
        Assert.Equal([1L, 2, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
        Assert.Equal(2, store.Server.Documents("livedash.log").Count);
    }

    [Fact]
    public async Task AppendAsync_RepliesLostUntilPatienceEnds_IsRefusedAndNotThereLater()
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: false);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Server.Fail(new MongoFailure("insert", "log") { Afterwards = true });

        store.Patience = TimeSpan.Zero;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));

        // The row is there, though its sender was told that it is not: it must not stay.
        Assert.Equal(2, store.Server.Documents("livedash.log").Count);
        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));
        await RecoverAsync(store);
        await store.AppendAsync(new StoredPoint(series, 4, 4));
        await store.ReopenAsync();
        Assert.Equal([1L, 4], (await store.ScanAsync(series)).Select(static p => p.Ticks));
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal([1L, 4], (await store.ScanAsync(series)).Select(static p => p.Ticks));
    }

    [Fact]
    public async Task AppendAsync_PrimaryStepsDown_IsRefusedReadsGoOnAndItComesBackByItself()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(new(series, 0, 0), new(series, 1, 1));
        await store.SealAsync();
        await store.Documents.ApplyAsync([new("k", "a", [1])], default);
        store.Server.IsSecondary = true;
        store.Patience = TimeSpan.Zero;

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));

        Assert.Contains("takes no writes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await store.ScanAsync(series)).Count);
        Assert.Equal(new byte[] { 1 }, await store.Documents.GetAsync("k", "a", default));
        await store.StepAsync(store.Clock.GetUtcNow());
        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        store.Server.IsSecondary = false;
        await RecoverAsync(store);
        await store.AppendAsync(new StoredPoint(series, 3, 3));
        Assert.Equal([0L, 1, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
    }

    [Fact]
    public async Task AppendAsync_UserMayOnlyRead_IsRefusedWithTheReason()
    {
        await using var store = await MongoStore.OpenAsync();
        store.Server.MayOnlyRead = true;

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1)));

        Assert.Contains("the user may not do this", refusal.Message, StringComparison.Ordinal);
        store.Server.MayOnlyRead = false;
    }

    [Fact]
    public async Task AppendAsync_DiskAlmostFull_IsRefusedBeforeTheServerStops()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        store.Server.DiskUsedBytes = store.Server.DiskBytes - 1_000_000;

        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 1, 1)));

        store.Server.DiskUsedBytes = 0;
        await store.StepAsync(store.Clock.GetUtcNow());
        await store.AppendAsync(new StoredPoint(series, 2, 2));
        Assert.Single(await store.ScanAsync(series));
    }

    [Theory]
    [InlineData("insert", "block")]
    [InlineData("update", "state")]
    public async Task SealAsync_RepliesLostUntilPatienceEnds_IsAsIfItHadNotBegun(string command, string collection)
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: false);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(series, k, k)));
        store.Server.Fail(new MongoFailure(command, collection) { Afterwards = true, Times = 1 });
        var cut = new MongoFailure("*", collection) { Times = int.MaxValue };
        store.Server.Fail(cut);

        store.Patience = TimeSpan.Zero;
        await Assert.ThrowsAsync<StoreUnavailableException>(store.SealAsync);

        cut.Times = 0;
        Assert.Equal(100, (await store.ScanAsync(series)).Count);
        await RecoverAsync(store);
        await store.AppendAsync(new StoredPoint(series, 100, 100));
        await store.ReopenAsync();
        Assert.Equal(Enumerable.Range(0, 101).Select(static k => (long)k), (await store.ScanAsync(series)).Select(static p => p.Ticks));
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal(101, (await store.ScanAsync(series)).Count);
        Assert.Single(store.Server.Documents("livedash.block"));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("block")]
    public async Task SealAsync_WhatTheLastOneReplacedCouldNotBeDeleted_IsNeverThereTwice(string collection)
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: false);
        var series = store.Series("a");
        // Two halves of a block are merged.
        await store.AppendAsync(Enumerable.Range(0, 2048).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await store.AppendAsync(Enumerable.Range(2048, 2048).Select(k => new StoredPoint(series, k, k)));
        var cut = new MongoFailure("delete", collection) { Times = int.MaxValue };
        store.Server.Fail(cut);
        store.Patience = TimeSpan.Zero;

        // Sealed and committed; what it replaced stays behind, and the next one does not go on over it.
        await store.SealAsync();
        Assert.Equal(4096, (await store.ScanAsync(series)).Count);
        for (var i = 0; i < 20 && store.Points.Status.State != StoreState.Ready; i++) await store.StepAsync(store.Clock.GetUtcNow());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            await store.AppendAsync(new StoredPoint(series, 4096, 4096));
            await store.SealAsync();
        });

        cut.Times = 0;
        await using var after = await store.AfterCrashAsync();
        var found = await after.ScanAsync(series);
        Assert.Equal(found.Count, found.Select(static p => p.Ticks).Distinct().Count());
        Assert.InRange(found.Count, 4096, 4097);
    }

    [Fact]
    public async Task ReplaceAsync_AfterASealThatWasSettled_KeepsTheCommitPointsRow()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(new(series, 1, 1), new(series, 2, 2));
        await store.SealAsync();
        var row = store.Server.Documents("livedash.state").Single(static d => d["_id"] == "seal")["r"].AsInt64;

        await store.Points.ReplaceAsync([new PointChange(series, 2, 2, 7, double.NaN, double.NaN)], default);

        Assert.Equal(row, store.Server.Documents("livedash.state").Single(static d => d["_id"] == "seal")["r"].AsInt64);
        await store.ReopenAsync();
        Assert.Equal([1.0, 7], (await store.ScanAsync(series)).Select(static p => p.Value));
        await store.AppendAsync(new StoredPoint(series, 3, 3));
        await store.ReopenAsync();
        Assert.Equal([1.0, 7, 3], (await store.ScanAsync(series)).Select(static p => p.Value));
    }

    [Fact]
    public async Task OpenAsync_DatabaseInUse_RefusesAndSaysWhatToDo()
    {
        await using var first = await MongoStore.OpenAsync();
        // A renewal while the second one looks: its owner lives.
        var renewed = 0;
        first.Server.Before = command =>
        {
            if (command.GetElement(0).Name == "find" && command["find"] == "owner" && renewed++ == 1)
            {
                var owner = first.Server.Documents("livedash.owner").Single();
                first.Server.Drop("livedash.owner");
                owner["until"] = owner["until"].ToUniversalTime().AddSeconds(1);
                first.Server.Put("livedash.owner", owner);
            }

            return Task.CompletedTask;
        };
        await using var second = MongoStore.On(first.Server);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => second.Points.OpenAsync(default));

        Assert.Contains("in use by another LiveDash", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LiveDash:Storage:MongoDB", refusal.Message, StringComparison.Ordinal);
        await first.AppendAsync(new StoredPoint(first.Series("a"), 1, 1));
    }

    [Fact]
    public async Task OpenAsync_LeaseOfOneThatDied_IsTakenOverOnceItLapsed()
    {
        await using var server = new MongoDoubleServer();
        var until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300);
        server.Put("livedash.owner", new BsonDocument { { "_id", "owner" }, { "token", "dead" }, { "who", "a machine" }, { "until", until } });
        await using var store = MongoStore.On(server);

        await store.Points.OpenAsync(default);

        Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime >= until);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
    }

    [Fact]
    public async Task OpenAsync_Lease_EndsByTheServersClockInUtcWhateverZoneTheMachineIsIn()
    {
        await using var store = await MongoStore.OpenAsync();

        // A time without a zone would be taken for local by the driver: none is made.
        var left = store.Server.Documents("livedash.owner").Single()["until"].ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.InRange(left, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task OpenAsync_LeaseOfAProcessThatIsGoneFromThisMachine_IsTakenAtOnce()
    {
        await using var first = await MongoStore.OpenAsync();
        var lease = first.Server.Documents("livedash.owner").Single();
        first.Server.Drop("livedash.owner");
        // As after a kill: the same machine and boot, a process that is no more.
        first.Server.Put("livedash.owner", new BsonDocument(lease) { ["token"] = "dead", ["process"] = int.MaxValue });
        await using var second = MongoStore.On(first.Server);
        var begun = TimeProvider.System.GetTimestamp();

        await second.Points.OpenAsync(default);

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(15), "It waited for the lease to lapse.");
        await second.AppendAsync(new StoredPoint(second.Series("a"), 1, 1));
    }

    [Fact]
    public async Task AppendAsync_SecondWriterInTheLog_TurnsReadOnlyAndKeepsTheOthersRow()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Server.Put("livedash.log", new BsonDocument { { "_id", 2L }, { "f", 2L }, { "n", 0L }, { "w", 7L }, { "k", 7L }, { "b", Array.Empty<byte>() } });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));

        Assert.Equal(StoreState.ReadOnly, store.Points.Status.State);
        Assert.Contains("another process writes", store.Points.Status.Message, StringComparison.Ordinal);
        Assert.Equal(7L, store.Server.Documents("livedash.log")[1]["w"].AsInt64);
    }

    [Fact]
    public async Task StepAsync_LeaseTakenByAnother_TurnsReadOnly()
    {
        await using var store = await MongoStore.OpenAsync();
        store.Server.Drop("livedash.owner");
        // The next renewal is due when a probe asks for one.
        store.Server.IsFull = true;
        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1)));
        store.Server.IsFull = false;

        await store.StepAsync(store.Clock.GetUtcNow());

        Assert.Equal(StoreState.ReadOnly, store.Points.Status.State);
        Assert.Contains("took the database over", store.Points.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NewerFormat_IsRefused()
    {
        await using var server = new MongoDoubleServer();
        server.Put("livedash.state", new BsonDocument { { "_id", "seal" }, { "v", 9 } });
        await using var store = MongoStore.On(server);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Points.OpenAsync(default));

        Assert.Contains("newer LiveDash", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_BodiesBeyondADocument_StandInChunksThatGoWithThem()
    {
        await using var store = await MongoStore.OpenAsync();
        var big = RandomNumberGenerator.GetBytes(20_000_000);
        await store.Documents.ApplyAsync([new("k", "big", big), new("k", "small", [1]), new("k", "half", big[..7_000_000])], default);
        await store.ReopenAsync();

        Assert.Equal(big, await store.Documents.GetAsync("k", "big", default));
        Assert.Equal(["big", "half", "small"], (await store.Documents.ListAsync("k", default)).Select(static d => d.Id));
        await store.Documents.ApplyAsync([new("k", "big", [2]), new("k", "half", null)], default);
        Assert.Equal(new byte[] { 2 }, await store.Documents.GetAsync("k", "big", default));
        Assert.Empty(store.Server.Documents("livedash.chunk"));
        Assert.Empty(store.Server.Documents("livedash.intent"));
    }

    [Fact]
    public async Task ApplyAsync_CutOffWithinTheChange_IsFinishedOnceTheServerIsBackAndNeverSeenByHalves()
    {
        await using var store = await MongoStore.OpenAsync(replicaSet: false);
        await store.Documents.ApplyAsync([new("k", "a", [1]), new("k", "b", [1])], default);
        var cut = new MongoFailure("update", "document") { Times = int.MaxValue };
        store.Server.Fail(cut);

        store.Patience = TimeSpan.Zero;
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ApplyAsync([new("k", "a", [2]), new("k", "b", [2])], default));

        Assert.Contains("is finished once", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ListAsync("k", default));
        cut.Times = 0;
        await RecoverAsync(store);
        Assert.All(await store.Documents.ListAsync("k", default), static d => Assert.Equal(2, d.Body[0]));
    }

    [Fact]
    public async Task Status_Open_TellsVersionTopologyLeaseAndRetries()
    {
        await using var store = await MongoStore.OpenAsync(password: "pa:ss/w@rd");
        await using var alone = await MongoStore.OpenAsync(replicaSet: false);
        store.Server.Fail(new MongoFailure("insert", "log") { Times = 2 });
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));

        var facts = store.Points.Status.Facts.ToDictionary(static f => f.Name);

        Assert.Equal("MongoDB 7.0.0", store.Points.Status.Engine);
        Assert.Equal("replica set rs0 of 1", facts["topology"].Text);
        Assert.Contains("without failover", alone.Points.Status.Facts.Single(static f => f.Name == "topology").Text, StringComparison.Ordinal);
        Assert.InRange(facts["lease age seconds"].Value!.Value, 0, 60);
        Assert.True(facts["retries"].Value >= 1);
        Assert.Equal($"mongodb://{store.Server.Host}/livedash", facts["address"].Text);
    }

    [Fact]
    public async Task ScanAsync_ManyBlocks_ReadsManyInARoundTrip()
    {
        await using var store = await MongoStore.OpenAsync();
        var series = store.Series("a");
        for (var i = 0; i < 10; i++) await store.AppendAsync(Enumerable.Range(i * 40_960, 40_960).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        store.Server.Commands.Clear();

        Assert.Equal(409_600, (await store.ScanAsync(series)).Count);

        Assert.InRange(store.Server.Commands.Count(static c => c.GetElement(0).Name == "find"), 1, 20);
    }

    // The driver looks for a lost server every half second; each step asks it.
    private static async Task RecoverAsync(MongoStore store)
    {
        for (var i = 0; i < 20 && store.Points.Status.State != StoreState.Ready; i++) await store.StepAsync(store.Clock.GetUtcNow());
        Assert.Equal((StoreState.Ready, (string?)null), (store.Points.Status.State, store.Points.Status.Message));
    }
}
