using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Postgres;

/// <summary>The queue over PostgreSQL keeps the contract.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresJobQueueTests(PostgresServer server) : JobQueueContract
{
    private protected override Task<ExchangeHarness> StartServerAsync() => Task.FromResult<ExchangeHarness>(new PostgresHarness(server));
}
