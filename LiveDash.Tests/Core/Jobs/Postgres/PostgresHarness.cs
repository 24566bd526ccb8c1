using LiveDash.Core.Jobs.Postgres;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Postgres;

/// <summary>A schema of its own in a true PostgreSQL.</summary>
internal sealed class PostgresHarness : ExchangeHarness
{
    private readonly PostgresServer _server;
    private readonly PostgresJobLink _link;

    public PostgresHarness(PostgresServer server)
    {
        _server = server;
        Schema = server.NewSchema();
        _link = new PostgresJobLink(server.Address(Schema));
        Exchange = new PostgresExchange(_link);
    }

    public string Schema { get; }

    public override string Setting => $"--LiveDash:Jobs:PostgreSQL={_server.Address(Schema)}";

    public override string Kind => "postgresql";

    // The server of the tests syncs nothing.
    public override string Warning => "fsync";

    public override IJobExchange Exchange { get; }

    public override IJobDesk Desk(string worker) => new PostgresDesk(_link, worker, TimeProvider.System);

    public override Task EmptyAsync() => _server.RunAsync($"DROP SCHEMA {Schema} CASCADE");

    public override Task KillAsync() => _server.KillAsync();

    public override Task StartAgainAsync() => _server.StartAgainAsync();

    public override ValueTask DisposeAsync() => _link.DisposeAsync();
}
