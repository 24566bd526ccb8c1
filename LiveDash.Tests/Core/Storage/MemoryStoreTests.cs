using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The shared part of all stores keeps the contract over a database that is nothing but lists.</summary>
public sealed class MemoryStoreTests : StoreContract
{
    private protected override async Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null) => await MemoryStore.OpenAsync(configure);
}
