using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>
/// One damaged page or byte anywhere in the database costs no more than the points on it, and says which. A byte in the name of a series moved everything aside,
/// one in a document ended the start, and one in a block's tree made the store read-only for ever.
/// </summary>
public sealed class DamagedPageTests
{
    private const int Series = 3;
    private const int PerSeries = 5_000;
    private const int Documents = 40;

    [Fact]
    public async Task OpenAsync_AnyPageOverwritten_KeepsAllDocumentsAndAllPointsThatItDoesNotName()
    {
        using var origin = await MakeAsync();
        var pages = (int)(new FileInfo(Path.Combine(origin.Path, "livedash.db")).Length / PageFile.PageSize);
        Assert.True(pages > 40, $"{pages} pages are no test.");
        for (var page = 1; page <= pages; page++)
        {
            var noise = new byte[PageFile.PageSize];
            new Random(page).NextBytes(noise);
            await AssertContainedAsync(origin.Path, $"page {page} overwritten", file => Write(file, (page - 1L) * PageFile.PageSize, noise));
        }
    }

    [Fact]
    public async Task OpenAsync_AnyPageZeroed_KeepsAllDocumentsAndAllPointsThatItDoesNotName()
    {
        using var origin = await MakeAsync();
        var pages = (int)(new FileInfo(Path.Combine(origin.Path, "livedash.db")).Length / PageFile.PageSize);
        for (var page = 1; page <= pages; page += 2)
        {
            await AssertContainedAsync(origin.Path, $"page {page} zeroed", file => Write(file, (page - 1L) * PageFile.PageSize, new byte[PageFile.PageSize]));
        }
    }

    [Fact]
    public async Task OpenAsync_OneByteFlipped_KeepsAllDocumentsAndAllPointsThatItDoesNotName()
    {
        using var origin = await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(origin.Path, "livedash.db"));
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            // Half of them in the first two pages, where one byte can mean everything.
            var at = i % 2 == 0 ? random.Next(2 * PageFile.PageSize) : random.Next(bytes.Length);
            var flipped = (byte)(bytes[at] ^ (1 << random.Next(8)));
            await AssertContainedAsync(origin.Path, $"byte {at} is {flipped} instead of {bytes[at]}", file => Write(file, at, [flipped]));
        }
    }

    [Fact]
    public async Task GetAsync_ADocumentOfAMegabyteWithADamagedPage_IsReadFromItsCopy()
    {
        using var origin = await MakeAsync();
        var body = new byte[1_000_000];
        new Random(5).NextBytes(body);
        await using (var store = TempStore.At(origin.Path))
        {
            await store.Points.OpenAsync(default);
            await store.Documents.ApplyAsync([new("rule", "large", body), new("job-image", "large", body)], default);
        }

        var path = Path.Combine(origin.Path, "livedash.db");
        var pages = new List<int>();
        using (var connection = SqliteConnection.Open(path, write: false))
        {
            // Pictures stand once: they can be drawn again.
            Assert.Equal(1, connection.Scalar("SELECT count(*) FROM document_copy WHERE id = 'large'"));
            foreach (var table in (string[])["document", "document_copy"])
            {
                using var file = PageFile.Open(path);
                pages.AddRange(file.Find((int)connection.Scalar($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'"), connection.Scalar($"SELECT rowid FROM {table} WHERE kind = 'rule' AND id = 'large'"))!.Pages);
            }
        }

        // A page every so often of each copy, of which there are some two hundred and fifty.
        Assert.True(pages.Count > 480, $"{pages.Count} pages");
        for (var i = 0; i < pages.Count; i += 60)
        {
            using var copy = new TempDirectory();
            var damaged = Path.Combine(copy.Path, "livedash.db");
            File.Copy(path, damaged);
            Write(damaged, ((pages[i] - 1L) * PageFile.PageSize) + 100, new byte[200]);
            await using var store = TempStore.At(copy.Path);
            await store.Points.OpenAsync(default);
            Assert.True((await store.Documents.GetAsync("rule", "large", default))?.AsSpan().SequenceEqual(body), $"page {pages[i]}");
            Assert.True((await store.Documents.ListAsync("rule", default)).Single(static one => one.Id == "large").Body.AsSpan().SequenceEqual(body), $"page {pages[i]}");
        }
    }

    [Fact]
    public async Task OpenAsync_ALargeDocumentThatStandsOnce_IsCopied()
    {
        using var origin = await MakeAsync();
        var path = Path.Combine(origin.Path, "livedash.db");
        await using (var store = TempStore.At(origin.Path))
        {
            await store.Points.OpenAsync(default);
            await store.Documents.ApplyAsync([new("rule", "large", new byte[400_000])], default);
        }

        using (var connection = SqliteConnection.Open(path, write: true)) connection.Execute("DELETE FROM document_copy WHERE id = 'large'");
        await using (var store = TempStore.At(origin.Path))
        {
            await store.Points.OpenAsync(default);
            Assert.Empty(store.Engine.Damages);
        }

        using var again = SqliteConnection.Open(path, write: false);
        Assert.Equal(1, again.Scalar("SELECT count(*) FROM document_copy WHERE id = 'large'"));
    }

    [Fact]
    public async Task StepAsync_ABodyThatCannotBeTakenOutOfItsTree_IsDeletedRoundAndTheStoreGoesOn()
    {
        using var origin = await MakeAsync();
        await RememberAsync(origin.Path);
        int page;
        using (var connection = SqliteConnection.Open(Path.Combine(origin.Path, "livedash.db"), write: false))
        {
            var root = (int)connection.Scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'body'");
            using var file = PageFile.Open(Path.Combine(origin.Path, "livedash.db"));
            // The page a long row goes on with: its first bytes name the next, and this one names a page that is none.
            page = file.Find(root, 1)!.Pages[1];
        }

        Write(Path.Combine(origin.Path, "livedash.db"), (page - 1L) * PageFile.PageSize, [0x7f, 0xff, 0xff, 0xff]);
        var clock = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var store = TempStore.At(origin.Path, static options => options.RetentionDays = 1);
        await store.Points.OpenAsync(default);
        await store.AppendAsync(new StoredPoint(0, clock.UtcTicks, 1));
        await store.StepAsync(clock);

        Assert.Equal(StoreState.Ready, store.Points.Status.State);
        await store.AppendAsync(new StoredPoint(0, clock.UtcTicks + 1, 2));
        await store.SealAsync();
        Assert.Equal([1.0, 2], (await store.ScanAsync(0)).Select(static p => p.Value));
    }

    private static async Task<TempDirectory> MakeAsync()
    {
        var directory = new TempDirectory();
        await using var store = TempStore.At(directory.Path);
        await store.Points.OpenAsync(default);
        for (var s = 0; s < Series; s++)
        {
            var series = store.Series($"s{s}{{host=web{s}}}");
            await store.AppendAsync(Enumerable.Range(0, PerSeries).Select(k => Point(series, k)));
        }

        await store.SealAsync();
        // And some that are only in the log.
        for (var s = 0; s < Series; s++) await store.AppendAsync(Enumerable.Range(PerSeries, 300).Select(k => Point(s, k)));
        for (var i = 0; i < Documents; i++) await store.Documents.ApplyAsync([new("rule", $"r{i}", Body(i))], default);
        return directory;
    }

    // That these points arrived in the test's present, so that nothing stands in the way of deleting them.
    private static async Task RememberAsync(string directory)
    {
        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        await store.SealAsync();
        await store.Documents.ApplyAsync([new("store", "retention", DocumentJson.Write(new RetentionMemory(now, now, 0)))], default);
    }

    private static StoredPoint Point(int series, int k) => new(series, (1L << 40) + k, Math.Sqrt((series * 100_000) + k));

    private static byte[] Body(int number)
    {
        var body = new byte[200 + (number % 5 * 1_200)];
        new Random(number).NextBytes(body);
        return body;
    }

    private static void Write(string path, long at, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        file.Write(bytes);
    }

    private static async Task AssertContainedAsync(string origin, string what, Action<string> damage)
    {
        using var copy = new TempDirectory();
        var path = Path.Combine(copy.Path, "livedash.db");
        File.Copy(Path.Combine(origin, "livedash.db"), path);
        damage(path);
        await using var store = TempStore.At(copy.Path);
        await store.Points.OpenAsync(default);
        Assert.True(store.Points.Status.State == StoreState.Ready, $"{what}: {store.Points.Status}");
        for (var s = 0; s < Series; s++) Assert.True(store.Catalog[s].ToString() == $"s{s}{{host=web{s}}}", $"{what}: series {s} is {store.Catalog[s]}.");
        await AssertDocumentsAsync(store, what);
        long found = 0;
        for (var s = 0; s < Series; s++)
        {
            foreach (var point in await ScanAsync(store, s))
            {
                Assert.True(point.Value == Math.Sqrt((s * 100_000) + (point.Ticks - (1L << 40))), $"{what}: {point}");
                found++;
            }
        }

        const long all = Series * (PerSeries + 300L);
        // Of the newest commit alone nobody can know what was in it; that it may be lost is on record.
        bool IsAccounted() => found + store.Engine.Damages.Sum(static one => one.Points) == all
            || (found == all - 300 && store.Engine.Damages.Any(static one => one is { Part: "commit", IsRestored: false } && one.Pages.Count > 0));
        await Wait.UntilAsync(() => Task.FromResult(IsAccounted()), $"{what}: {found} of {all} points are there, and the rest on record: {string.Join(" ", store.Engine.Damages)}");
        Assert.All(store.Engine.Damages.Where(static one => one.Part == "block"), one => Assert.True(one.Series is not null && one.From is not null && one.Pages.Count > 0, $"{what}: {one}"));
        // Nothing is kept away from what comes.
        await store.AppendAsync(new StoredPoint(0, 1, 1));
        await store.Documents.ApplyAsync([new("rule", "new", [1])], default);
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.True((await store.ScanAsync(0))[0].Ticks == 1, what);
        await AssertDocumentsAsync(store, what);
    }

    // As a reader does who is told to ask again, while the store mends itself.
    private static async Task<List<StoredPoint>> ScanAsync(TempStore store, int series)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await store.ScanAsync(series);
            }
            catch (StoreUnavailableException) when (i < 5)
            {
                await Record.ExceptionAsync(() => store.StepAsync(new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero)));
            }
        }
    }

    private static async Task AssertDocumentsAsync(TempStore store, string what)
    {
        var documents = (await store.Documents.ListAsync("rule", default)).Where(static one => one.Id != "new").ToDictionary(static one => one.Id, static one => one.Body);
        for (var i = 0; i < Documents; i++)
        {
            Assert.True(documents.TryGetValue($"r{i}", out var body) && body.AsSpan().SequenceEqual(Body(i)), $"{what}: document {i} is lost.");
            Assert.True((await store.Documents.GetAsync("rule", $"r{i}", default))?.Length == Body(i).Length, $"{what}: document {i} cannot be asked for.");
        }
    }
}
