using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Core.Storage;

/// <summary>What stands before a true server in <see cref="MongoServerStoreTests"/>, tried with a double in the place of one.</summary>
public class MongoRelayTests
{
    [Fact]
    public async Task BeforeAsync_AServer_WritesIntoADatabaseOfItsOwnAndDropsIt()
    {
        await using var server = new MongoDoubleServer();
        await using (var store = await MongoStore.BeforeAsync(server.Address(), null))
        {
            var series = store.Series("a");
            for (var i = 0; i < 3; i++) await store.AppendAsync(Enumerable.Range(i * 5_000, 5_000).Select(k => new StoredPoint(series, k, k)));
            await store.SealAsync();
            await store.Documents.ApplyAsync([new("k", "a", [1])], default);
            store.SetFull(true);
            await Assert.ThrowsAsync<LiveDash.Core.Storage.StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 1, 1)));
            store.SetFull(false);
            await using var after = await store.AfterCrashAsync();
            Assert.Equal(15_000, (await after.ScanAsync(0)).Count);
            Assert.Equal(new byte[] { 1 }, await after.Documents.GetAsync("k", "a", default));
            Assert.Empty(server.Documents("livedash.log"));
            Assert.Contains(server.Commands, static c => c["$db"].AsString.StartsWith("livedash_test_", StringComparison.Ordinal));
        }

        Assert.Contains(server.Commands, static c => c.GetElement(0).Name == "dropDatabase");
    }
}
