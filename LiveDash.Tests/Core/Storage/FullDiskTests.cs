using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Tests.Core.Storage;

public class FullDiskTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task AppendAsync_NoSpace_RefusesReadsOnAndRecoversByItself()
    {
        await using var store = await TempStore.OpenAsync(static options => options.MaxPages = 40);
        var series = store.Series("a");
        await store.Documents.ApplyAsync([new("kind", "big", new byte[20_000])], default);
        var kept = await FillAsync(store, series);

        Assert.Equal(StoreState.Full, store.Points.Status.State);
        Assert.Contains("full", store.Points.Status.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 0, 0)));
        await Assert.ThrowsAsync<StoreFullException>(() => store.Documents.ApplyAsync([new("kind", "new", [1])], default));
        Assert.Equal(kept, (await store.ScanAsync(series)).Count);
        Assert.Equal(kept, store.Points.Status.Points);

        await store.Documents.ApplyAsync([new("kind", "big", null)], default);
        Assert.Empty(await store.Documents.ListAsync("kind", default));
        await store.StepAsync(Noon);
        Assert.Equal(StoreState.Full, store.Points.Status.State);

        await store.Engine.Writer.ChangeAsync(
            new ChangeWork(() => store.Sqlite.Connection.Execute("PRAGMA max_page_count = 100000"), null, ChangeKind.Frees), default);
        await store.StepAsync(Noon.AddSeconds(1));

        Assert.Equal((StoreState.Ready, (string?)null), (store.Points.Status.State, store.Points.Status.Message));
        await store.AppendAsync(new StoredPoint(series, 1L << 40, 1));
        await store.ReopenAsync();
        Assert.Equal(kept + 1, (await store.ScanAsync(series)).Count);
    }

    [Fact]
    public async Task StepAsync_FullByItsOwnOldPoints_DeletesThemAndGoesOn()
    {
        await using var store = await TempStore.OpenAsync(static options =>
        {
            options.MaxPages = 120;
            options.RetentionDays = 1;
        });
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 20_000).Select(k => new StoredPoint(series, k, Math.Sqrt(k))));
        await store.SealAsync();
        await FillAsync(store, series);

        await store.StepAsync(Noon);
        await store.StepAsync(Noon.AddSeconds(1));

        Assert.Equal(StoreState.Ready, store.Points.Status.State);
        await store.AppendAsync(new StoredPoint(series, Noon.UtcTicks, 1));
    }

    [Fact]
    public async Task SealAsync_FullDisk_TakesTheLogsOwnSpace()
    {
        await using var store = await TempStore.OpenAsync(static options => options.MaxPages = 60);
        var series = store.Series("a");
        var kept = await FillAsync(store, series);

        await store.SealAsync();
        await store.StepAsync(Noon);

        Assert.Equal(StoreState.Ready, store.Points.Status.State);
        Assert.Equal(0, store.Engine.Index.HeadPoints);
        Assert.Equal(kept, (await store.ScanAsync(series)).Count);
    }

    [Fact]
    public async Task SealAsync_CommitFails_KeepsEverythingInMemoryAndLog()
    {
        var full = false;
        await using var store = await TempStore.OpenAsync(options => options.BeforeCommit = () =>
        {
            if (full) throw new SqliteFailure(13, "database or disk is full");
        });
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 9000).Select(k => new StoredPoint(series, k, k)));
        full = true;

        await Assert.ThrowsAsync<StoreFullException>(store.SealAsync);

        Assert.Equal(9000, (await store.ScanAsync(series)).Count);
        full = false;
        await store.ReopenAsync();
        Assert.Equal(9000, (await store.ScanAsync(series)).Count);
    }

    [Fact]
    public async Task ApplyAsync_DeletionOnAFullDisk_GivesUpTheBallast()
    {
        var full = false;
        TempStore? made = null;
        await using var store = await TempStore.OpenAsync(options =>
        {
            options.BallastBytes = 1 << 20;
            // As a disk without a free block answers, until the ballast is gone.
            options.BeforeCommit = () =>
            {
                if (full && File.Exists(Path.Combine(made!.Directory, "ballast"))) throw new SqliteFailure(13, "database or disk is full");
            };
        });
        made = store;
        var series = store.Series("a");
        await store.Documents.ApplyAsync([new("kind", "a", [1])], default);
        full = true;
        await Assert.ThrowsAsync<StoreFullException>(() => store.AppendAsync(new StoredPoint(series, 1, 1)));
        Assert.True(File.Exists(Path.Combine(store.Directory, "ballast")));

        await store.Documents.ApplyAsync([new("kind", "a", null)], default);

        Assert.Empty(await store.Documents.ListAsync("kind", default));
        full = false;
        await store.StepAsync(Noon);
        Assert.Equal(StoreState.Ready, store.Points.Status.State);
        Assert.True(File.Exists(Path.Combine(store.Directory, "ballast")));
    }

    [Fact]
    public async Task AppendAsync_SyncFails_TurnsReadOnlyUntilARestart()
    {
        var broken = false;
        await using var store = await TempStore.OpenAsync(options => options.BeforeCommit = () =>
        {
            if (broken) throw new SqliteFailure(1034, "disk I/O error");
        });
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        broken = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));
        broken = false;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ApplyAsync([new("k", "a", null)], default));
        await store.StepAsync(Noon);
        Assert.Equal(StoreState.ReadOnly, store.Points.Status.State);
        Assert.Contains("restart", store.Points.Status.Message, StringComparison.Ordinal);
        Assert.Single(await store.ScanAsync(series));

        await store.ReopenAsync();
        await store.AppendAsync(new StoredPoint(series, 4, 4));
        Assert.Equal(2, (await store.ScanAsync(series)).Count);
    }

    private static async Task<int> FillAsync(TempStore store, int series)
    {
        for (var kept = 0; ; kept += 500)
        {
            try
            {
                await store.AppendAsync(Enumerable.Range(0, 500).Select(k => new StoredPoint(series, (1L << 30) + kept + k, k)));
            }
            catch (StoreFullException)
            {
                return kept;
            }
        }
    }
}
