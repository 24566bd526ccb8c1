using LiveDash.Core.Postgres;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Postgres;
using LiveDash.Tests.Shared;
using Npgsql;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A store in a true PostgreSQL, in a schema of its own.</summary>
internal sealed class PostgresStore : StoreHarness
{
    private const string Full = """
        CREATE FUNCTION {0}.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER is_full BEFORE INSERT OR UPDATE ON {0}.log EXECUTE FUNCTION {0}.full();
        CREATE TRIGGER is_full BEFORE INSERT OR UPDATE ON {0}.block EXECUTE FUNCTION {0}.full();
        CREATE TRIGGER is_full BEFORE INSERT OR UPDATE ON {0}.document EXECUTE FUNCTION {0}.full();
        """;

    private readonly int? _port;
    private readonly bool _standby;
    private int _commitsLeft = int.MaxValue;
    private PostgresStoreOptions? _postgres;

    private PostgresStore(PostgresServer server, string schema, int? port, Action<StorageOptions>? configure, bool standby = false)
        : base(configure)
    {
        (Server, Schema, _port, _standby) = (server, schema, port, standby);
        Create();
    }

    public PostgresServer Server { get; }

    public string Schema { get; }

    public override string EngineName => "PostgreSQL 1";

    /// <summary>How long a write is tried again.</summary>
    public TimeSpan Patience
    {
        set => _postgres!.Patience = value;
    }

    public static async Task<PostgresStore> OpenAsync(PostgresServer server, Action<StorageOptions>? configure = null, int? port = null)
    {
        var store = new PostgresStore(server, server.NewSchema(), port, configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    /// <summary>A second store in a schema, not opened yet.</summary>
    public static PostgresStore On(PostgresServer server, string schema, bool standby = false) => new(server, schema, null, null, standby);

    public override void CutAfter(int writes)
    {
        _commitsLeft = writes;
        Patience = TimeSpan.Zero;
    }

    public override async Task<StoreHarness> AfterCrashAsync()
    {
        // It writes no more; with its connection its lock goes.
        await Points.DisposeAsync();
        var after = On(Server, Schema);
        await after.Points.OpenAsync(default);
        return after;
    }

    public override void SetFull(bool full) =>
        Server.RunAsync(full ? string.Format(System.Globalization.CultureInfo.InvariantCulture, Full, Schema) : $"DROP FUNCTION {Schema}.full CASCADE").GetAwaiter().GetResult();

    public override void Break() => Server.RunAsync($"UPDATE {Schema}.owner SET epoch = epoch + 1").GetAwaiter().GetResult();

    protected override IBlockDatabase MakeDatabase(StorageOptions options)
    {
        Assert.True(PostgresAddress.TryParse(Server.Address(Schema, _port), out var address, out var fault), fault);
        // The true clock: what it paces is between this process and the server, not in what is kept.
        _postgres = new PostgresStoreOptions
        {
            Address = address!, Standby = _standby, Patience = TimeSpan.FromSeconds(10), MeasurePace = TimeSpan.Zero,
            BeforeCommit = () =>
            {
                if (_commitsLeft-- <= 0) throw new NpgsqlException("cut off");
            },
        };
        return new PostgresBlockDatabase(_postgres, TimeProvider.System);
    }
}
