using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Mongo;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A store in MongoDB: in a server of its own, which is the double.</summary>
internal sealed class MongoStore : StoreHarness
{
    private readonly bool _ownsServer;
    private MongoStoreOptions? _mongo;

    private MongoStore(MongoDoubleServer server, bool ownsServer, Action<StorageOptions>? configure)
        : base(configure)
    {
        (Server, _ownsServer) = (server, ownsServer);
        Create();
    }

    public MongoDoubleServer Server { get; }

    public MongoBlockDatabase Database => (MongoBlockDatabase)Engine.Database;

    public override string EngineName => "MongoDB ";

    public static async Task<MongoStore> OpenAsync(Action<StorageOptions>? configure = null, bool replicaSet = true, string? password = null)
    {
        var store = new MongoStore(new MongoDoubleServer(replicaSet, password), true, configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    /// <summary>A store on a true server, in a database of its own that is dropped after.</summary>
    public static async Task<MongoStore> BeforeAsync(string upstream, Action<StorageOptions>? configure)
    {
        var store = new MongoStore(new MongoDoubleServer(upstream: upstream), true, configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    /// <summary>A second store on the same server, not opened yet.</summary>
    public static MongoStore On(MongoDoubleServer server) => new(server, false, null);

    /// <summary>How long a write is tried again.</summary>
    public TimeSpan Patience
    {
        set => _mongo!.Patience = value;
    }

    public override void CutAfter(int writes)
    {
        Server.WritesLeft = writes;
        Patience = TimeSpan.Zero;
    }

    public override async Task<StoreHarness> AfterCrashAsync()
    {
        // Its connections go, which the driver would share with those of the next; it writes no more.
        await Points.DisposeAsync();
        Server.WritesLeft = int.MaxValue;
        // The lease of the dead lapses; here it need not be waited for.
        if (Server.Documents("livedash.owner").Count > 0) Server.Drop("livedash.owner");
        var after = On(Server);
        await after.Points.OpenAsync(default);
        return after;
    }

    public override void SetFull(bool full) => Server.IsFull = full;

    public override void Break()
    {
        // Another process has written where this one is about to.
        var last = Server.Documents("livedash.log").Select(static row => row["_id"].AsInt64).Append(0).Max();
        Server.Put("livedash.log", new BsonDocument { { "_id", last + 1 }, { "f", 1L }, { "n", 0L }, { "w", 7L }, { "k", 7L }, { "b", Array.Empty<byte>() } });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsServer) await Server.DisposeAsync();
    }

    protected override IBlockDatabase MakeDatabase(StorageOptions options)
    {
        Assert.True(MongoAddress.TryParse(Server.Address(), out var address, out var fault), fault);
        // The true clock: what it paces is between this process and the server, not in what is kept.
        _mongo = new MongoStoreOptions { Address = address!, Lease = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(10), MeasurePace = TimeSpan.Zero };
        return new MongoBlockDatabase(_mongo, TimeProvider.System);
    }
}
