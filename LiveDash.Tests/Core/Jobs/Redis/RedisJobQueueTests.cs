using LiveDash.Core.Jobs;
using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Core.Jobs.Redis;

/// <summary>The queue over Redis keeps the contract; and what is its own.</summary>
[NeedsRedis]
public sealed class RedisJobQueueTests : JobQueueContract
{
    [StoreFact]
    public async Task Start_RedisWithAppendOnly_WarnsOfNothing()
    {
        await using var redis = await RedisServer.StartAsync(appendOnly: true);
        await using var app = await LiveApp.StartAsync(settings: $"--LiveDash:Jobs:Redis={redis.Address}");
        var queue = app.Services.GetRequiredService<IJobQueue>();

        await Wait.UntilAsync(() => queue.Warning is null, "there is nothing to warn of");
    }

    private protected override async Task<ExchangeHarness> StartServerAsync() => await RedisHarness.StartAsync();
}
