using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The store in MongoDB keeps the contract, on a true server.</summary>
[NeedsServer(Variable, "a MongoDB server, such as mongodb://127.0.0.1:27017")]
public sealed class MongoServerStoreTests : StoreContract
{
    private const string Variable = "LIVEDASH_TEST_MONGO";

    private protected override async Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null) =>
        await MongoStore.BeforeAsync(Environment.GetEnvironmentVariable(Variable)!, configure);
}
