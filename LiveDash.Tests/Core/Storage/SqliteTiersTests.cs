using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Tests.Core.Storage;

public sealed class SqliteTiersTests
{
    [Fact]
    public async Task StepAsync_FirstSummaries_MakeTheFileOneOfTheNextFormatAndSoStaysItsRepair()
    {
        await using var store = await TempStore.OpenAsync(static options => options.Tiers.Add(new TierSetting { Keep = "raw for 1d, 1m for 10d" }));
        var series = store.Series("a");
        var first = store.Clock.Ticks - TimeSpan.FromDays(5).Ticks;
        await store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(series, first + (i * TimeSpan.TicksPerSecond), i)));
        await store.SealAsync();
        Assert.Equal((2, 2), Format(store));

        await store.StepAsync(store.Clock.GetUtcNow());

        Assert.Equal((3, 3), Format(store));
        await store.Points.DisposeAsync();
        var maintenance = new SqliteMaintenance(store.Directory);
        Assert.Empty(maintenance.Check()!);
        Assert.NotNull(maintenance.Repair(DateTimeOffset.UnixEpoch));
        Assert.Empty(maintenance.Check()!);
        await store.ReopenAsync();
        Assert.Equal((3, 3), Format(store));
        Assert.Equal(TimeSpan.FromMinutes(1), store.Points.FindSummaries(series, TimeRange.All)!.Value.Step);
        Assert.InRange((await store.ScanAsync(series)).Count, 69, 70);
    }

    private static (long, long?) Format(TempStore store)
    {
        using var connection = SqliteConnection.Open(store.Database, write: false);
        return (connection.Scalar("PRAGMA user_version"), StoreFacts.Read(connection, StoreFacts.Format));
    }
}
