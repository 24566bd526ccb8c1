using System.Diagnostics;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>What a start says of its data directory, and what is done to a store offline.</summary>
public sealed class StoreAtStartTests
{
    [Fact]
    public async Task OpenAsync_DirectoryMountedReadOnly_SaysSo()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var mount = new TempDirectory();
        // Takes root, who may mount.
        if (!await TryAsync("mount", "-t", "tmpfs", "-o", "ro", "livedash-ro", mount.Path)) return;
        try
        {
            await using var store = TempStore.At(mount.Path);
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Points.OpenAsync(default));
            Assert.Contains("mounted read-only", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await TryAsync("umount", mount.Path);
        }
    }

    [Fact]
    public async Task CheckAndRepair_ABlockDamaged_SayWhichPageSeriesAndRange()
    {
        using var directory = new TempDirectory();
        await using (var store = TempStore.At(directory.Path))
        {
            await store.Points.OpenAsync(default);
            var series = store.Series("a{host=b}");
            await store.AppendAsync(Enumerable.Range(0, 3_000).Select(k => new StoredPoint(series, k + 1, Math.Sqrt(k))));
            await store.AppendAsync(Enumerable.Range(0, 100).Select(k => new StoredPoint(store.Series("c"), k, k)));
            await store.SealAsync();
        }

        var maintenance = new SqliteMaintenance(directory.Path);
        Assert.Empty(maintenance.Check()!);
        int page;
        using (var connection = SqliteConnection.Open(Path.Combine(directory.Path, "livedash.db"), write: false))
        using (var pages = PageFile.Open(Path.Combine(directory.Path, "livedash.db")))
        {
            page = pages.Find((int)connection.Scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'body'"), 1)!.Pages[1];
        }

        using (var file = new FileStream(Path.Combine(directory.Path, "livedash.db"), FileMode.Open))
        {
            file.Position = ((page - 1L) * PageFile.PageSize) + 1_000;
            var old = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(old ^ 1));
        }

        Assert.Contains(maintenance.Check()!, fault => fault.Contains($"{page}", StringComparison.Ordinal) && fault.Contains("checksum", StringComparison.Ordinal));
        var report = maintenance.Repair(DateTimeOffset.UnixEpoch)!.Value;
        var damage = Assert.Single(report.Damages);
        Assert.Equal(("block", "a{host=b}", 3_000L, 1L, 3_000L), (damage.Part, damage.Series!, damage.Points, damage.From!.Value.Ticks, damage.To!.Value.Ticks));
        Assert.Contains(page, damage.Pages);
        Assert.True(File.Exists(report.Aside));
        Assert.Empty(maintenance.Check()!);
        await using var after = TempStore.At(directory.Path);
        await after.Points.OpenAsync(default);
        Assert.Equal(100, (await after.ScanAsync(0, 1)).Count);
        Assert.Equal(damage.Id, Assert.Single(after.Engine.Damages).Id);
        Assert.True(await after.Engine.AcknowledgeAsync(damage.Id, default));
        await after.ReopenAsync();
        Assert.True(Assert.Single(after.Engine.Damages).IsAcknowledged);
    }

    [Fact]
    public async Task OpenAsync_FirstFormat_IsBroughtUpToDateWithEverythingInIt()
    {
        using var directory = new TempDirectory();
        using (var connection = SqliteConnection.Open(Path.Combine(directory.Path, "livedash.db"), write: true))
        {
            connection.Execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
            connection.Execute("""
                CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tags TEXT NOT NULL);
                CREATE TABLE log (id INTEGER PRIMARY KEY, points INTEGER NOT NULL, body BLOB NOT NULL);
                CREATE TABLE block (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, points INTEGER NOT NULL, bytes INTEGER NOT NULL, min_time INTEGER NOT NULL, max_time INTEGER NOT NULL,
                    max_id INTEGER NOT NULL, senders INTEGER NOT NULL, min_x REAL, min_y REAL, max_x REAL, max_y REAL);
                CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
                CREATE TABLE document (kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (kind, id));
                CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
                INSERT INTO series VALUES (0, 'a', ''); INSERT INTO document VALUES ('rule', 'r', x'010203'); INSERT INTO state VALUES ('last_id', 41);
                PRAGMA application_id = 1282819187; PRAGMA user_version = 1;
                """);
        }

        await using var store = TempStore.At(directory.Path);
        await store.Points.OpenAsync(default);

        Assert.Equal("a", store.Catalog[0].Name);
        Assert.Equal(new byte[] { 1, 2, 3 }, await store.Documents.GetAsync("rule", "r", default));
        await store.AppendAsync(new StoredPoint(0, 1, 1));
        Assert.Equal(42, Assert.Single(await store.ScanAsync(0)).Id);
        Assert.Empty(store.Engine.Damages);
    }

    private static async Task<bool> TryAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
