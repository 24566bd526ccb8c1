using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The store in MongoDB keeps the contract, on the double of a standalone, where the driver retries nothing.</summary>
public sealed class MongoStandaloneStoreTests : StoreContract
{
    private protected override async Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null) => await MongoStore.OpenAsync(configure, replicaSet: false);
}
