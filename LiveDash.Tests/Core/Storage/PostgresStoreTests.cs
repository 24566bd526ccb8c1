using System.Diagnostics;
using System.Globalization;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>What is PostgreSQL's own in its store: outcomes that are unknown, a second owner, a server that dies.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresServer server)
{
    [StoreFact]
    public async Task StepAsync_FirstSummaries_MakeTheDatabaseOneOfTheNextFormat()
    {
        await using var store = await PostgresStore.OpenAsync(server, static options => options.Tiers.Add(new TierSetting { Keep = "raw for 1d, 1m for 10d" }));
        var series = store.Series("a");
        var first = store.Clock.Ticks - TimeSpan.FromDays(5).Ticks;
        await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i)));
        await store.SealAsync();
        Assert.Equal(1, await server.RunAsync($"SELECT format FROM {store.Schema}.owner"));

        await store.StepAsync(store.Clock.GetUtcNow());
        await store.AppendAsync(new StoredPoint(series, store.Clock.Ticks, 1));
        await store.SealAsync();

        Assert.Equal(2, await server.RunAsync($"SELECT format FROM {store.Schema}.owner"));
        await store.ReopenAsync();
        Assert.InRange((await store.ScanAsync(series)).Count, 70, 71);
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_CommitCut_IsKeptOnceAndAcknowledgedOnce(bool before)
    {
        await using var relay = new PostgresRelay(server) { Before = before };
        await using var store = await PostgresStore.OpenAsync(server, port: relay.Port);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        relay.Lose = 2;

        await store.AppendAsync(new(store.Series("b"), 2, 2), new(series, 3, 3));

        Assert.Equal([1L, 2, 3], (await store.ScanAsync(0, 1)).Select(static p => p.Ticks));
        await store.ReopenAsync();
        Assert.Equal([1L, 2, 3], (await store.ScanAsync(0, 1)).Select(static p => p.Ticks));
        Assert.Equal(2L, await server.RunAsync($"SELECT count(*) FROM {store.Schema}.log"));
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_CommitCutUntilPatienceEnds_IsRefusedAndNotThereLater(bool before)
    {
        await using var relay = new PostgresRelay(server) { Before = before, CutsAll = true };
        await using var store = await PostgresStore.OpenAsync(server, port: relay.Port);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Patience = TimeSpan.Zero;
        relay.Lose = 1;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new(series, 2, 2), new(store.Series("new"), 2, 2)));

        Assert.Equal(before ? 1L : 2L, await server.RunAsync($"SELECT count(*) FROM {store.Schema}.log"));
        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));
        await RecoverAsync(store, relay);
        await store.AppendAsync(new(series, 4, 4), new(store.Series("new"), 5, 5));
        await store.ReopenAsync();
        Assert.Equal([1L, 4, 5], (await store.ScanAsync(0, 1)).Select(static p => p.Ticks));
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal([1L, 4, 5], (await store.ScanAsync(0, 1)).Select(static p => p.Ticks));
    }

    [StoreFact]
    public async Task StandBy_AnotherHasIt_WaitsUntilItIsGoneOrIsToldToStop()
    {
        var schema = server.NewSchema();
        var first = PostgresStore.On(server, schema);
        await first.Points.OpenAsync(default);
        await first.AppendAsync(new StoredPoint(first.Series("a"), 1, 1));
        await using var second = PostgresStore.On(server, schema, standby: true);
        second.Patience = TimeSpan.Zero;
        using var cancel = new CancellationTokenSource();
        var waited = second.Points.OpenAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waited);

        var waits = second.Points.OpenAsync(default);
        await first.DisposeAsync();
        await waits;

        Assert.Equal(1, (await second.ScanAsync(0)).Single().Ticks);
        var third = PostgresStore.On(server, schema);
        third.Patience = TimeSpan.Zero;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => third.Points.OpenAsync(default));
    }

    [StoreFact]
    public async Task ScanAsync_OneBlockOfEachOfManySeries_AsksAFewTimes()
    {
        const int Series = 60;
        await using var store = await PostgresStore.OpenAsync(server);
        for (var i = 0; i < Series; i++) await store.AppendAsync(new StoredPoint(store.Series($"s{i}"), i, i));
        await store.SealAsync();
        var asked = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(static tag => tag.Value is string text && text.Contains("SELECT id, body FROM block", StringComparison.Ordinal))) Interlocked.Increment(ref asked);
            },
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Equal(Enumerable.Range(0, Series).Select(static i => (long)i), (await store.ScanAsync([.. Enumerable.Range(0, Series)])).Select(static p => p.Ticks));
        Assert.InRange(asked, 1, 12);

        // Who asks for little has little read, and the other way round it is the same.
        asked = 0;
        Assert.Equal(Series - 1L, (await store.ScanAsync(new PointQuery { Series = [.. Enumerable.Range(0, Series)], Descending = true, Limit = 1 })).Single().Ticks);
        Assert.InRange(asked, 1, 2);
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SealAsync_CommitCutUntilPatienceEnds_IsUndoneAndDoneLater(bool before)
    {
        await using var relay = new PostgresRelay(server) { Before = before, CutsAll = true };
        await using var store = await PostgresStore.OpenAsync(server, port: relay.Port);
        var series = store.Series("a");
        // Two halves of a block are merged.
        await store.AppendAsync(Enumerable.Range(0, 2048).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await store.AppendAsync(Enumerable.Range(2048, 2048).Select(k => new StoredPoint(series, k, k)));
        store.Patience = TimeSpan.Zero;
        relay.Lose = 1;

        await Assert.ThrowsAsync<StoreUnavailableException>(store.SealAsync);

        await RecoverAsync(store, relay);
        Assert.Equal(1L, await server.RunAsync($"SELECT count(*) FROM {store.Schema}.block"));
        Assert.Equal(4096, (await store.ScanAsync(series)).Count);
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal(Enumerable.Range(0, 4096).Select(static k => (long)k), (await store.ScanAsync(series)).Select(static p => p.Ticks));
        Assert.Equal((1L, 0L), (await server.RunAsync($"SELECT count(*) FROM {store.Schema}.block"), await server.RunAsync($"SELECT count(*) FROM {store.Schema}.log")));
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ApplyAsync_CommitCutUntilPatienceEnds_IsFinishedWhenTheServerIsBack(bool before)
    {
        await using var relay = new PostgresRelay(server) { Before = before, CutsAll = true };
        await using var store = await PostgresStore.OpenAsync(server, port: relay.Port);
        await store.Documents.ApplyAsync([new("k", "gone", [1]), new("k", "a", [1])], default);
        store.Patience = TimeSpan.Zero;
        relay.Lose = 1;

        var told = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ApplyAsync([new("k", "gone", null), new("k", "a", [2])], default));

        Assert.Contains("finished once", told.Message, StringComparison.Ordinal);
        await RecoverAsync(store, relay);
        var all = Assert.Single(await store.Documents.ListAsync("k", default));
        Assert.Equal(("a", 2), (all.Id, all.Body[0]));
    }

    [StoreFact]
    public async Task OpenAsync_AnotherHasIt_IsRefusedAndNamesWho()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        await using var second = PostgresStore.On(server, store.Schema);
        second.Patience = TimeSpan.Zero;

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => second.Points.OpenAsync(default));

        Assert.Contains("LiveDash on 127.0.0.1", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", refusal.ToString(), StringComparison.Ordinal);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
    }

    [StoreFact]
    public async Task AppendAsync_ConnectionEndedAndTakenOver_IsRefusedForGood()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        await server.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = hashtext('{store.Schema}')::oid");
        await using var next = PostgresStore.On(server, store.Schema);
        await next.Points.OpenAsync(default);
        store.Patience = TimeSpan.Zero;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));
        await next.Points.DisposeAsync();
        // The lock is free now, but the epoch is another's.
        await store.StepAsync(store.Clock.GetUtcNow());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));

        Assert.Equal(StoreState.ReadOnly, store.Points.Status.State);
        Assert.Equal(1L, await server.RunAsync($"SELECT count(*) FROM {store.Schema}.log"));
    }

    [StoreFact]
    public async Task AppendAsync_ServerReadOnly_IsRefusedReadsGoOnAndItComesBackByItself()
    {
        await using var store = await PostgresStore.OpenAsync(server);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        store.Patience = TimeSpan.Zero;
        await server.RunAsync("ALTER ROLE livedash SET default_transaction_read_only = on");
        try
        {
            await server.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = hashtext('{store.Schema}')::oid");

            await Wait.UntilAsync(
                async () => await Record.ExceptionAsync(() => store.AppendAsync(new StoredPoint(series, 2, 2))) is StoreUnavailableException
                    && await ProbedAsync(store) is { } message && message.Contains("read-only", StringComparison.Ordinal),
                "the refusal");
            Assert.Single(await store.ScanAsync(series));
        }
        finally
        {
            await server.RunAsync("SET transaction_read_only = off; ALTER ROLE livedash RESET default_transaction_read_only");
        }

        await server.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = hashtext('{store.Schema}')::oid");
        await RecoverAsync(store);
        await store.AppendAsync(new StoredPoint(series, 3, 3));
        Assert.Equal([1L, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
    }

    [StoreFact]
    public async Task AppendAsync_ServerKilledUnderLoad_HoldsEachAcknowledgedPointOnce()
    {
        var own = new PostgresServer();
        await own.InitializeAsync();
        try
        {
            await using var store = await PostgresStore.OpenAsync(own, static options => options.SealPoints = 2_000);
            var series = Enumerable.Range(0, 4).Select(i => store.Series($"s{i}")).ToArray();
            var acknowledged = new long[4];
            using var stop = new CancellationTokenSource();
            var senders = series.Select((one, n) => Task.Run(async () =>
            {
                for (long at = 0; !stop.IsCancellationRequested; at += 50)
                {
                    // A batch of a sender that hears of a failure is sent again, with its ids.
                    while (await Record.ExceptionAsync(() => store.AppendAsync(Enumerable.Range(0, 50).Select(k => new StoredPoint(one, at + k, at + k, SenderId: string.Create(CultureInfo.InvariantCulture, $"{at + k}"))))) is { } refusal)
                    {
                        Assert.IsType<StoreUnavailableException>(refusal);
                        await store.StepAsync(store.Clock.GetUtcNow());
                    }

                    Interlocked.Exchange(ref acknowledged[n], at + 50);
                }
            })).ToArray();
            for (var round = 0; round < 3; round++)
            {
                var before = acknowledged.Sum();
                await Wait.UntilAsync(() => acknowledged.Sum() > before + 4_000, "points were acknowledged");
                await own.KillAsync();
                await own.StartAgainAsync();
            }

            await stop.CancelAsync();
            await Task.WhenAll(senders);
            await store.ReopenAsync();
            foreach (var (one, n) in series.Select(static (one, n) => (one, n)))
            {
                Assert.Equal(Enumerable.Range(0, (int)acknowledged[n]).Select(static k => (long)k), (await store.ScanAsync(one)).Select(static p => p.Ticks));
            }
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<string?> ProbedAsync(PostgresStore store)
    {
        await store.StepAsync(store.Clock.GetUtcNow());
        return store.Points.Status.Message;
    }

    // The upkeep asks again each second; here it is called.
    private static async Task RecoverAsync(PostgresStore store, PostgresRelay? relay = null)
    {
        relay?.Restore();
        store.Patience = TimeSpan.FromSeconds(10);
        await Wait.UntilAsync(
            async () =>
            {
                await store.StepAsync(store.Clock.GetUtcNow());
                return store.Points.Status.State == StoreState.Ready;
            },
            "the store is ready again");
    }
}
