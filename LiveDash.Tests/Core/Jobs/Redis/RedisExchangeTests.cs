using LiveDash.Core.Jobs;
using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Redis;

/// <summary>Redis keeps the contract, on Debian's redis-server; and what is its own.</summary>
[NeedsRedis]
public sealed class RedisExchangeTests : JobExchangeContract
{
    [StoreFact]
    public async Task Finish_Job_LeavesNothingInTheStream()
    {
        await using var redis = await RedisHarness.StartAsync();
        await redis.Exchange.PrepareAsync(new JobOptions(), static () => { });
        await PushAsync(redis, "j1");
        var desk = redis.Desk("w");

        Assert.True(await desk.FinishAsync((await desk.TakeAsync())!, Images("good", 2)));

        Assert.Equal(0, await (await redis.Link.OpenAsync()).GetDatabase().StreamLengthAsync(redis.Link.Keys.Stream));
    }

    [StoreFact]
    public async Task Push_Job_ExpiresAsTheRetentionSays()
    {
        await using var redis = await RedisHarness.StartAsync();

        await PushAsync(redis, "j1");

        Assert.InRange((await (await redis.Link.OpenAsync()).GetDatabase().KeyTimeToLiveAsync(redis.Link.Keys.Job("j1")))!.Value.TotalSeconds, 3_500, 3_600);
    }

    private protected override async Task<ExchangeHarness> StartAsync() => await RedisHarness.StartAsync();
}
