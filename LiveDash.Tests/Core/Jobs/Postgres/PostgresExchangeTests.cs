using LiveDash.Core.Jobs;
using LiveDash.Tests.Core.Jobs.Remote;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Postgres;

/// <summary>PostgreSQL keeps the contract, on a true server; and what is its own.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresExchangeTests(PostgresServer server) : JobExchangeContract
{
    [StoreFact]
    public async Task Listen_ConnectionOfTheListenerIsEnded_ListensAgainAndIsTold()
    {
        await using var postgres = new PostgresHarness(server);
        using var told = new SemaphoreSlim(0);
        await postgres.Exchange.PrepareAsync(new JobOptions(), () => told.Release());
        await PushAsync(postgres, "j1");
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)), "the first job was not told");

        await server.RunAsync($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN {postgres.Schema}'");
        // The end itself is one call: something may have been missed.
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)), "the end of the connection was not told");
        await postgres.Exchange.ListWorkersAsync();
        await PushAsync(postgres, "j2");

        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)), "the second job was not told");
    }

    [StoreFact]
    public async Task Take_ManyWorkersAtOnce_EachJobGoesToOne()
    {
        await using var postgres = new PostgresHarness(server);
        await postgres.Exchange.PrepareAsync(new JobOptions(), static () => { });
        for (var i = 0; i < 40; i++) await PushAsync(postgres, $"j{i:00}");

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async w =>
        {
            var (mine, desk) = (new List<string>(), postgres.Desk($"w{w}"));
            while (await desk.TakeAsync() is { } ticket) mine.Add(ticket.Id);
            return mine;
        }));

        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"j{i:00}"), taken.SelectMany(static mine => mine).Order());
    }

    [StoreFact]
    public async Task Take_BeforeTheServerBegan_ThereIsNone()
    {
        await using var postgres = new PostgresHarness(server);

        Assert.Null(await postgres.Desk("early").TakeAsync());
    }

    [StoreFact]
    public async Task Forget_JobWhoseTimeHasPassed_IsGoneWithItsImages()
    {
        await using var postgres = new PostgresHarness(server);
        await postgres.Exchange.PrepareAsync(new JobOptions(), static () => { });
        var desk = postgres.Desk("w");
        foreach (var id in (string[])["old", "new"])
        {
            await PushAsync(postgres, id);
            Assert.True(await desk.FinishAsync((await desk.TakeAsync())!, Images(id, 1)));
        }

        await postgres.Exchange.KeepAsync("old", TimeSpan.FromSeconds(-1));
        await postgres.Exchange.ForgetGoneAsync();

        Assert.Null(await postgres.Exchange.LookAsync("old"));
        Assert.Equal(3L, await server.RunAsync($"SELECT count(*) FROM {postgres.Schema}.job_image"));
        Assert.NotNull(await postgres.Exchange.ReadImagesAsync("new"));
    }

    [StoreFact]
    public async Task Prepare_TablesOfANewerVersion_AreRefusedByName()
    {
        await using var postgres = new PostgresHarness(server);
        await postgres.Exchange.PrepareAsync(new JobOptions(), static () => { });
        await server.RunAsync($"UPDATE {postgres.Schema}.job_settings SET format = 2");

        var fault = await Assert.ThrowsAsync<IOException>(() => postgres.Exchange.PrepareAsync(new JobOptions(), static () => { }));

        Assert.Contains(postgres.Schema, fault.Message, StringComparison.Ordinal);
    }

    private protected override Task<ExchangeHarness> StartAsync() => Task.FromResult<ExchangeHarness>(new PostgresHarness(server));
}
