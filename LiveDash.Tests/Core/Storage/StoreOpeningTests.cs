using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Tests.Core.Storage;

public class StoreOpeningTests
{
    [Fact]
    public async Task OpenAsync_DirectoryInUse_RefusesAndSaysWhatToDo()
    {
        await using var first = await TempStore.OpenAsync();
        await using var second = TempStore.At(first.Directory);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => second.Points.OpenAsync(default));

        Assert.Contains(first.Directory, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LiveDash:DataDirectory", refusal.Message, StringComparison.Ordinal);
        await first.AppendAsync(new StoredPoint(first.Series("a"), 1, 1));
    }

    [Fact]
    public async Task OpenAsync_NewDirectory_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var outer = await TempStore.OpenAsync();
        var directory = Path.Combine(outer.Directory, "deep", "data");
        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
    }

    [Fact]
    public async Task OpenAsync_DirectoryIsAFile_RefusesAndNamesTheSetting()
    {
        await using var outer = await TempStore.OpenAsync();
        await using var store = TempStore.At(outer.Database);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Points.OpenAsync(default));

        Assert.Contains("LiveDash:DataDirectory", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task OpenAsync_DatabaseOverwritten_IsMovedAsideAndANewOneBegun(int from)
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        for (var i = 0; i < 20; i++) await store.AppendAsync(Enumerable.Range(0, 500).Select(k => new StoredPoint(series, k, k / 3.0)));
        await store.Points.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(store.Database);
        new Random(1).NextBytes(bytes.AsSpan(from));
        await File.WriteAllBytesAsync(store.Database, bytes);

        await store.ReopenAsync();

        Assert.Contains("moved to", store.Points.Status.Message, StringComparison.Ordinal);
        Assert.Equal((StoreState.Ready, 0), (store.Points.Status.State, store.Points.Status.Points));
        var aside = Assert.Single(Directory.GetFiles(store.Directory, "livedash.db.corrupt-*"));
        Assert.Equal(bytes.Length, new FileInfo(aside).Length);
        await store.AppendAsync(new StoredPoint(store.Series("b"), 1, 1));
        Assert.Single(await store.ScanAsync(0));
    }

    [Fact]
    public async Task OpenAsync_ALogRowDamaged_LosesThatCommitAlone()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        for (var i = 0; i < 3; i++) await store.AppendAsync(new(series, i, i), new(series, i, i));
        await store.Points.DisposeAsync();
        using (var connection = SqliteConnection.Open(store.Database, write: true))
        {
            connection.Execute("UPDATE log SET body = x'0102030405' WHERE id = 3");
        }

        await store.ReopenAsync();

        Assert.Equal([0L, 0, 2, 2], (await store.ScanAsync(series)).Select(static p => p.Ticks));
        Assert.Contains("damaged", store.Points.Status.Message, StringComparison.Ordinal);
        await store.AppendAsync(new StoredPoint(series, 9, 9));
        Assert.Equal(7, (await store.ScanAsync(series))[^1].Id);
    }

    [Fact]
    public async Task ScanAsync_ABlockDamagedOrMissing_GivesTheRestAndReports()
    {
        await using var store = await TempStore.OpenAsync();
        var series = new[] { store.Series("a"), store.Series("b"), store.Series("c") };
        foreach (var one in series) await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(one, k, k)));
        await store.SealAsync();
        await store.Points.DisposeAsync();
        using (var connection = SqliteConnection.Open(store.Database, write: true))
        {
            connection.Execute("UPDATE body SET bytes = zeroblob(length(bytes)) WHERE id = 1; DELETE FROM body WHERE id = 2");
        }

        await store.ReopenAsync();

        var found = await store.ScanAsync(series);
        Assert.Equal(Enumerable.Repeat(series[2], 100), found.Select(static p => p.Series));
        Assert.Contains("damaged", store.Points.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NewerFormat_IsRefusedAndLeftAlone()
    {
        await using var store = await TempStore.OpenAsync();
        await store.Points.DisposeAsync();
        using (var connection = SqliteConnection.Open(store.Database, write: true)) 
        {
            connection.Execute("PRAGMA user_version = 99");
            StoreFacts.Write(connection, StoreFacts.Format, 99);
        }

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(store.ReopenAsync);

        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(store.Directory, "*.corrupt-*"));
    }

    [Fact]
    public async Task AppendAsync_AfterAllWasDeletedAndARestart_NeverUsesAnIdAgain()
    {
        await using var store = await TempStore.OpenAsync(static options => options.RetentionDays = 1);
        var series = store.Series("a");
        await store.AppendAsync(new(series, 1, 1), new(series, 2, 2));
        await store.SealAsync();
        await store.StepAsync(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Empty(store.Points.GetStats());
        await store.ReopenAsync();

        await store.AppendAsync(new StoredPoint(series, TimeSpan.TicksPerDay * 800_000, 3));

        Assert.Equal(3, Assert.Single(await store.ScanAsync(series)).Id);
    }
}
