using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public class CrashTests
{
    [Fact]
    public async Task OpenAsync_ImagesTakenUnderLoad_HoldEveryAcknowledgedPoint()
    {
        await using var store = await TempStore.OpenAsync(static options => options.SealPoints = 2000);
        var series = Enumerable.Range(0, 4).Select(i => store.Series($"s{i}")).ToArray();
        var acknowledged = new long[series.Length];
        using var stop = new CancellationTokenSource();
        var senders = series.Select((one, n) => Task.Run(async () =>
        {
            for (long at = 0; !stop.IsCancellationRequested; at += 50)
            {
                await store.AppendAsync(Enumerable.Range(0, 50).Select(k => new StoredPoint(one, at + k, at + k)));
                Interlocked.Exchange(ref acknowledged[n], at + 50);
            }
        })).ToArray();
        var images = new List<(string Directory, long[] Acknowledged)>();
        var imagesWanted = 8;
        while (images.Count < imagesWanted)
        {
            var seen = acknowledged.Select((_, n) => Interlocked.Read(ref acknowledged[n])).ToArray();
            if (seen.Min() < images.Count * 1500)
            {
                await store.AppendAsync(new StoredPoint(series[0], 1L << 40, 0));
                continue;
            }

            // A copy is not one moment: held still by the writer's own queue, as a power cut would find it.
            images.Add((await ImageAsync(store), seen));
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        foreach (var (directory, seen) in images) await CheckAsync(directory, series, seen);
    }

    [Fact]
    public async Task OpenAsync_LogFileCutAnywhere_HoldsAWholeNumberOfCommits()
    {
        await using var store = await TempStore.OpenAsync();
        var series = store.Series("a");
        for (var i = 0; i < 10; i++) await store.AppendAsync(Enumerable.Range(0, 10).Select(k => new StoredPoint(series, (i * 10) + k, k)));
        var image = store.CrashImage();
        var log = Path.Combine(image, "livedash.db-wal");
        var whole = await File.ReadAllBytesAsync(log);
        var most = 0;
        for (var length = 0; length <= whole.Length; length += 1371)
        {
            var cut = Directory.CreateTempSubdirectory("livedash-cut-").FullName;
            File.Copy(Path.Combine(image, "livedash.db"), Path.Combine(cut, "livedash.db"));
            await File.WriteAllBytesAsync(Path.Combine(cut, "livedash.db-wal"), whole.AsMemory(0, length));
            await using (var reopened = TempStore.At(cut))
            {
                await reopened.Points.OpenAsync(default);
                Assert.Null(reopened.Points.Status.Message);
                var found = await reopened.ScanAsync(0);
                Assert.Equal(0, found.Count % 10);
                Assert.True(found.Count >= most, "A longer log held less.");
                Assert.Equal(Enumerable.Range(0, found.Count).Select(static i => (long)i), found.Select(static p => p.Ticks));
                most = found.Count;
            }

            Directory.Delete(cut, true);
        }

        Assert.True(most >= 90);
        Directory.Delete(image, true);
    }

    private static async Task<string> ImageAsync(TempStore store)
    {
        var image = "";
        await store.Engine.Writer.ChangeAsync(
            new ChangeWork(() => image = store.CrashImage(), null, ChangeKind.Adds), default);
        return image;
    }

    private static async Task CheckAsync(string directory, int[] series, long[] seen)
    {
        await using (var image = TempStore.At(directory))
        {
            await image.Points.OpenAsync(default);
            Assert.Null(image.Points.Status.Message);
            for (var n = 0; n < series.Length; n++)
            {
                var found = (await image.ScanAsync(series[n])).Where(static p => p.Ticks < 1L << 40).ToList();
                Assert.True(found.Count >= seen[n], $"{seen[n]} were acknowledged, {found.Count} are there.");
                Assert.Equal(Enumerable.Range(0, found.Count).Select(static i => (long)i), found.Select(static p => p.Ticks));
                Assert.All(found, static p => Assert.Equal(p.Ticks, p.Value));
            }

            Assert.Equal(image.Points.GetStats().Sum(static s => s.Count), image.Points.Status.Points);
        }

        Directory.Delete(directory, true);
    }
}
