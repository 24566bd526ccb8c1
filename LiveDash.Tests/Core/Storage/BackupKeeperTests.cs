using LiveDash.Core.Diagnostics;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Backups;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Storage;

public sealed class BackupKeeperTests
{
    [Fact]
    public async Task Step_EachInterval_MakesOneAndKeepsTheNewest()
    {
        using var folder = new TempDirectory();
        var foreign = Path.Combine(folder.Path, "livedash-of-my-own.db");
        await File.WriteAllTextAsync(foreign, "x");
        var (store, time) = (new FakeBackups(), new ManualTime());
        using var keeper = Keeper(store, folder.Path, time, keep: 3);

        for (var hour = 0; hour < 100; hour++)
        {
            await keeper.StepAsync(default);
            time.Advance(TimeSpan.FromHours(1));
        }

        // At 0, 24, 48, 72 and 96 hours.
        Assert.Equal(5, store.Made);
        Assert.Equal(3, keeper.Files().Count);
        Assert.Equal(keeper.Files()[0].MadeAt.AddDays(1), keeper.NextAt);
        Assert.Single(keeper.Last!.Removed);
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task Step_AfterARestart_GoesByWhatIsInTheFolder()
    {
        using var folder = new TempDirectory();
        var (store, time) = (new FakeBackups(), new ManualTime());
        using (var first = Keeper(store, folder.Path, time)) await first.StepAsync(default);
        time.Advance(TimeSpan.FromHours(23));
        using var second = Keeper(store, folder.Path, time);

        await second.StepAsync(default);
        Assert.Equal(1, store.Made);
        time.Advance(TimeSpan.FromHours(1));
        await second.StepAsync(default);
        Assert.Equal(2, store.Made);
    }

    [Fact]
    public async Task Step_ThatFails_IsToldDeletesNothingAndWaitsBeforeItTriesAgain()
    {
        using var folder = new TempDirectory();
        var (store, time) = (new FakeBackups(), new ManualTime());
        using var keeper = Keeper(store, folder.Path, time, keep: 1);
        await keeper.StepAsync(default);
        time.Advance(TimeSpan.FromDays(1));
        store.Failure = new StoreFullException("There is no room.");
        var told = new List<BackupOutcome>();
        keeper.Made += told.Add;

        for (var minute = 0; minute < 30; minute++)
        {
            await keeper.StepAsync(default);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["There is no room.", "There is no room."], told.Select(static one => one.Fault));
        Assert.Single(keeper.Files());
        store.Failure = null;
        await keeper.StepAsync(default);
        Assert.Null(keeper.Last!.Fault);
    }

    [Theory]
    [InlineData("relative", 1440, 7, "Folder")]
    [InlineData("/srv", 0, 7, "Interval")]
    [InlineData("/srv", 1440, 0, "Keep")]
    public void Options_OutOfBounds_AreNamed(string folder, int minutes, int keep, string named)
    {
        var result = new BackupOptionsCheck().Validate(null, new BackupOptions { Folder = folder, Interval = TimeSpan.FromMinutes(minutes), Keep = keep });

        Assert.Contains("LiveDash:Backup:" + named, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static BackupKeeper Keeper(IStoreBackup store, string folder, ManualTime time, int keep = 7) =>
        new(store, new BackupOptions { Folder = folder, Keep = keep }, new LoopSupervisor(time, NullLogger<LoopSupervisor>.Instance), time, NullLogger<BackupKeeper>.Instance);

    private sealed class FakeBackups : IStoreBackup
    {
        public int Made { get; private set; }

        public Exception? Failure { get; set; }

        public async Task<BackupReport> BackUpAsync(string file, CancellationToken cancellationToken)
        {
            if (Failure is not null) throw Failure;
            Made++;
            await File.WriteAllTextAsync(file, "x", cancellationToken);
            return new BackupReport(file, 1, 1, 1, 1);
        }
    }
}
