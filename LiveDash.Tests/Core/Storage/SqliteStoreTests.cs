using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The embedded store keeps the contract.</summary>
public sealed class SqliteStoreTests : StoreContract
{
    private protected override async Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null) => await TempStore.OpenAsync(configure);
}
