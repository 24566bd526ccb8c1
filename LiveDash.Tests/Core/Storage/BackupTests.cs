using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public sealed class BackupTests
{
    [Fact]
    public async Task BackUp_WhileManyWrite_HoldsWhatWasAcknowledgedBeforeAndNothingByHalves()
    {
        using var folder = new TempDirectory();
        await using var store = await TempStore.OpenAsync(static options => options.SealPoints = 500);
        var series = Enumerable.Range(0, 4).Select(i => store.Series("s" + i)).ToArray();
        var acknowledged = new int[series.Length];
        using var stop = new CancellationTokenSource();
        var writers = series.Select((one, i) => Task.Run(async () =>
        {
            for (var batch = 0; !stop.IsCancellationRequested; batch++)
            {
                await store.AppendAsync(Enumerable.Range(0, 10).Select(n => new StoredPoint(one, ((batch * 10L) + n + 1) * TimeSpan.TicksPerMillisecond, (batch * 10) + n)));
                Volatile.Write(ref acknowledged[i], (batch + 1) * 10);
            }
        })).ToList();
        for (var round = 0; round < 3; round++)
        {
            var goal = acknowledged.Select(static count => count + 300).ToArray();
            await Wait.UntilAsync(() => !acknowledged.Where((_, i) => Volatile.Read(ref acknowledged[i]) < goal[i]).Any(), "more was acknowledged");
            if (round == 1) await store.SealAsync();
            await store.Documents.ApplyAsync([new DocumentChange("k", "round", [(byte)round])], default);
            var before = acknowledged.Select((_, i) => Volatile.Read(ref acknowledged[i])).ToArray();

            var report = await store.Engine.BackUpAsync(Path.Combine(folder.Path, $"{round}.db"), default);

            var data = Path.Combine(folder.Path, $"data{round}");
            new SqliteMaintenance(data).Restore(report.File, DateTimeOffset.UnixEpoch);
            await using var restored = TempStore.At(data);
            await restored.Points.OpenAsync(default);
            Assert.Equal((byte)round, Assert.Single((await restored.Documents.GetAsync("k", "round", default))!));
            for (var i = 0; i < series.Length; i++)
            {
                var values = (await restored.ScanAsync(restored.Series("s" + i))).Select(static point => (int)point.Value).ToList();
                Assert.True(values.Count >= before[i] && values.Count % 10 == 0, $"{values.Count} of {before[i]} are there.");
                Assert.Equal(Enumerable.Range(0, values.Count), values);
            }

            Assert.Equal(restored.Points.Status.Points, report.Points);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task BackUp_BesideTheRunningServer_IsForItsOwnerAloneAndWritesOverNothing()
    {
        using var folder = new TempDirectory();
        await using var store = await TempStore.OpenAsync();
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        var file = Path.Combine(folder.Path, "a.db");

        // As the command does it: without the lock that the server holds.
        var report = new SqliteMaintenance(store.Directory).BackUp(file, default);

        Assert.Equal((1L, 1L), (report!.Points, report.Series));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        Assert.Contains("is there already", Assert.Throws<StoreUnavailableException>(() => new SqliteMaintenance(store.Directory).BackUp(file, default)).Message, StringComparison.Ordinal);
        await store.AppendAsync(new StoredPoint(0, 2, 2));
    }

    [Fact]
    public async Task BackUp_BrokenOff_LeavesNothing()
    {
        using var folder = new TempDirectory();
        await using var store = await TempStore.OpenAsync();
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Engine.BackUpAsync(Path.Combine(folder.Path, "a.db"), stop.Token));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task BackUp_OfADatabaseWithToolsOfItsOwn_NamesThem()
    {
        await using var store = await MemoryStore.OpenAsync();

        var fault = await Assert.ThrowsAsync<NotSupportedException>(() => store.Engine.BackUpAsync("/tmp/never.db", default));

        Assert.Contains("own tools", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DamagedAnywhere_IsFoundAndNeverRestored()
    {
        using var folder = new TempDirectory();
        await using var store = await TempStore.OpenAsync();
        await store.AppendAsync(Enumerable.Range(0, 5_000).Select(i => new StoredPoint(store.Series("s" + (i % 3)), i + 1, Math.Sin(i))));
        await store.SealAsync();
        await store.Documents.ApplyAsync([new DocumentChange("k", "a", new byte[5_000])], default);
        var good = Path.Combine(folder.Path, "good.db");
        await store.Engine.BackUpAsync(good, default);
        var bytes = await File.ReadAllBytesAsync(good);
        var data = new SqliteMaintenance(Path.Combine(folder.Path, "data"));
        Assert.Empty(data.Verify(good).Faults);
        var random = new Random(1);
        var found = 0;
        var expected = await store.ScanAsync(0, 1, 2);
        for (var i = 0; i < 40; i++)
        {
            var bad = Path.Combine(folder.Path, $"bad{i}.db");
            var copy = bytes.ToArray();
            // A whole sector: what a disk loses. Some lie in pages that hold nothing.
            copy.AsSpan(random.Next(copy.Length / 512) * 512, 512).Fill(0xa5);
            await File.WriteAllBytesAsync(bad, copy);
            if (data.Verify(bad).Faults.Count > 0)
            {
                found++;
                Assert.Contains("Nothing was restored", Assert.Throws<StoreUnavailableException>(() => data.Restore(bad, DateTimeOffset.UnixEpoch)).Message, StringComparison.Ordinal);
                continue;
            }

            // It lay where a page holds nothing: all that is kept is there.
            var place = Path.Combine(folder.Path, "hollow" + i);
            new SqliteMaintenance(place).Restore(bad, DateTimeOffset.UnixEpoch);
            await using var hollow = TempStore.At(place);
            await hollow.Points.OpenAsync(default);
            Assert.Equal(expected, await hollow.ScanAsync(0, 1, 2));
            Assert.Equal(5_000, (await hollow.Documents.GetAsync("k", "a", default))!.Length);
        }

        Assert.True(found > 10, $"{found} of 40 damages were found.");
        Assert.False(File.Exists(Path.Combine(data.Place, "livedash.db")));
        foreach (var (name, content) in new[] { ("empty.db", Array.Empty<byte>()), ("text.db", "not a database"u8.ToArray()) })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, name), content);
            Assert.NotEmpty(data.Verify(Path.Combine(folder.Path, name)).Faults);
        }

        Assert.NotEmpty(data.Verify(Path.Combine(folder.Path, "none.db")).Faults);
    }

    [Fact]
    public async Task Restore_OverData_KeepsItBesideAndIsRefusedWhileSomebodyHasIt()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var (file, maintenance) = (Path.Combine(folder.Path, "a.db"), new SqliteMaintenance(data.Path));
        await using (var store = TempStore.At(data.Path))
        {
            await store.Points.OpenAsync(default);
            await store.AppendAsync(new StoredPoint(store.Series("before"), 1, 1));
            await store.Engine.BackUpAsync(file, default);
            await store.AppendAsync(new StoredPoint(store.Series("after"), 1, 1));
            Assert.Contains("in use by another", Assert.Throws<StoreUnavailableException>(() => maintenance.Restore(file, DateTimeOffset.UnixEpoch)).Message, StringComparison.Ordinal);
        }

        var (aside, report) = maintenance.Restore(file, DateTimeOffset.UnixEpoch);

        Assert.True(File.Exists(aside));
        Assert.Equal((1L, 1L), (report.Points, report.Series));
        await using var again = TempStore.At(data.Path);
        await again.Points.OpenAsync(default);
        Assert.Equal(1, again.Catalog.Count);
        Assert.True(File.Exists(file));
    }
}
