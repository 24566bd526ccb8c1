using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Redis;

/// <summary>Debian's redis-server, which forgets all when it is killed.</summary>
internal sealed class RedisHarness : ExchangeHarness
{
    private readonly RedisServer _server;

    private RedisHarness(RedisServer server)
    {
        _server = server;
        Link = new RedisLink(server.Address, "livedash:");
        Exchange = new RedisExchange(Link);
    }

    public RedisLink Link { get; }

    public override string Setting => $"--LiveDash:Jobs:Redis={_server.Address}";

    public override string Kind => "redis";

    public override string Warning => "appendonly";

    public override IJobExchange Exchange { get; }

    public static async Task<RedisHarness> StartAsync() => new(await RedisServer.StartAsync());

    public override IJobDesk Desk(string worker) => new RedisDesk(Link, worker, TimeProvider.System);

    public override Task EmptyAsync() => _server.FlushAsync();

    public override Task KillAsync() => _server.KillAsync();

    public override Task StartAgainAsync() => _server.StartAgainAsync();

    public override async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await _server.DisposeAsync();
    }
}
