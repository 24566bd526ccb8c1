using System.Net;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>A data directory that is deleted, moved or replaced under the server: 20,000 points were acknowledged into nothing.</summary>
public sealed class GoneDirectoryTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task AppendAsync_DirectoryDeleted_IsRefusedAtOnce()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var outer = new TempDirectory();
        var directory = Path.Combine(outer.Path, "data");
        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        Directory.Delete(directory, recursive: true);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Documents.ApplyAsync([new("k", "a", [1])], default));
        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        Assert.Contains("deleted, moved or replaced", store.Points.Status.Message, StringComparison.Ordinal);
        // A new folder of the same name is not what is missing: a disk that is not mounted leaves one, too.
        Directory.CreateDirectory(directory);
        Assert.NotNull(await Record.ExceptionAsync(() => store.StepAsync(s_now)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 3, 3)));
        Assert.Empty(Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public async Task StepAsync_DirectoryMoved_IsNoticedWithoutAWriteAndGoesOnOnceItIsBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var outer = new TempDirectory();
        var (directory, away) = (Path.Combine(outer.Path, "data"), Path.Combine(outer.Path, "away"));
        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);
        var series = store.Series("a");
        await store.AppendAsync(new StoredPoint(series, 1, 1));
        Directory.Move(directory, away);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.StepAsync(s_now));
        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(new StoredPoint(series, 2, 2)));

        Directory.Move(away, directory);
        await store.StepAsync(s_now.AddSeconds(1));
        Assert.Equal((StoreState.Ready, null), (store.Points.Status.State, store.Points.Status.Message));
        await store.AppendAsync(new StoredPoint(series, 3, 3));
        Assert.Equal([1L, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
        await store.ReopenAsync();
        Assert.Equal([1L, 3], (await store.ScanAsync(series)).Select(static p => p.Ticks));
    }

    [Fact]
    public async Task StepAsync_ACopyOfTheDatabaseInItsPlace_IsTakenAndNothingAcknowledgedIsMissing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var outer = new TempDirectory();
        var (directory, away) = (Path.Combine(outer.Path, "data"), Path.Combine(outer.Path, "away"));
        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);
        var series = store.Series("a");
        await store.AppendAsync(Enumerable.Range(0, 500).Select(k => new StoredPoint(series, k, k)));
        await store.SealAsync();
        await store.AppendAsync(new StoredPoint(series, 1_000, 1));
        Directory.Move(directory, away);
        Directory.CreateDirectory(directory);
        foreach (var file in (string[])["livedash.db", "livedash.db-wal"]) File.Copy(Path.Combine(away, file), Path.Combine(directory, file));
        Assert.NotNull(await Record.ExceptionAsync(() => store.StepAsync(s_now)));

        await store.StepAsync(s_now.AddSeconds(1));

        Assert.Equal(StoreState.Ready, store.Points.Status.State);
        await store.AppendAsync(new StoredPoint(series, 2_000, 2));
        Assert.Equal(502, (await store.ScanAsync(series)).Count);
        await store.ReopenAsync();
        Assert.Equal(502, (await store.ScanAsync(series)).Count);
    }

    [Fact]
    public async Task StepAsync_AnotherDatabaseInItsPlace_IsNotTouched()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var outer = new TempDirectory();
        var (directory, away) = (Path.Combine(outer.Path, "data"), Path.Combine(outer.Path, "away"));
        await using (var other = TempStore.At(away))
        {
            await other.Points.OpenAsync(default);
            await other.AppendAsync(new StoredPoint(other.Series("b"), 1, 1));
        }

        await using var store = TempStore.At(directory);
        await store.Points.OpenAsync(default);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        Directory.Delete(directory, recursive: true);
        Directory.Move(away, directory);
        for (var i = 0; i < 2; i++) Assert.NotNull(await Record.ExceptionAsync(() => store.StepAsync(s_now.AddSeconds(i))));

        Assert.Equal(StoreState.Unavailable, store.Points.Status.State);
        await store.Points.DisposeAsync();
        await using var again = TempStore.At(directory);
        await again.Points.OpenAsync(default);
        Assert.Equal("b", again.Catalog[0].Name);
        Assert.Single(await again.ScanAsync(0));
    }

    [Fact]
    public async Task Post_DirectoryMoved_Is503AndReadyzSaysItUntilItIsBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var outer = new TempDirectory();
        var (directory, away) = (Path.Combine(outer.Path, "data"), Path.Combine(outer.Path, "away"));
        await using var app = await LiveApp.StartAsync(dataDirectory: directory);
        await app.PostAsync("""{"series":"a","value":1}""");
        Directory.Move(directory, away);

        using var body = new StringContent("""{"series":"a","value":2}""");
        using var answer = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("deleted, moved or replaced", await app.GetAsync("/readyz"), StringComparison.Ordinal);

        Directory.Move(away, directory);
        await Wait.UntilAsync(async () => (await app.GetAsync("/readyz")).Contains("\"ready\"", StringComparison.Ordinal), "it is ready again");
        await app.PostAsync("""{"series":"a","value":3}""");
        Assert.DoesNotContain("\"value\":2", await app.GetAsync("/api/points?series=a"), StringComparison.Ordinal);
    }
}
