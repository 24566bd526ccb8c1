using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The store in PostgreSQL keeps the contract, on a true server.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreContractTests(PostgresServer server) : StoreContract
{
    private protected override async Task<StoreHarness> OpenAsync(Action<StorageOptions>? configure = null) => await PostgresStore.OpenAsync(server, configure);
}
