using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

public sealed class PointStreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Read_StoreStillScanning_HasAlreadySentTheFirstRows()
    {
        var hold = new TaskCompletionSource();
        var store = new MemoryPointStore { BlockSize = 10, BetweenBlocks = hold.Task.WaitAsync };
        await using var app = await StartWithPointsAsync(store, 30);

        using var answer = await app.Client.GetAsync(new Uri("/api/points", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var i = 0; i < 10; i++) Assert.NotNull(await reader.ReadLineAsync().WaitAsync(s_patience));
        hold.SetResult();

        Assert.Equal(20, (await reader.ReadToEndAsync().WaitAsync(s_patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Read_ReaderGoesAway_EndsTheScan()
    {
        var ended = new TaskCompletionSource();
        var store = new MemoryPointStore
        {
            BlockSize = 10,
            BetweenBlocks = async token =>
            {
                await using var registration = token.Register(() => ended.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var app = await StartWithPointsAsync(store, 30);
        using (var answer = await app.Client.GetAsync(new Uri("/api/points", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(1, store.OpenScans);
        }

        await ended.Task.WaitAsync(s_patience);
    }

    // Whatever the form: what the scan holds is given back as soon as the reader has gone.
    [Theory]
    [InlineData("/api/points", null, "application/x-ndjson")]
    [InlineData("/api/points", "gzip", "application/x-ndjson")]
    [InlineData("/api/points", "br", "text/csv")]
    [InlineData("/api/points", null, "application/vnd.livedash.columns")]
    [InlineData("/api/points/query", null, "application/vnd.livedash.columns")]
    [InlineData("/api/points/query", "gzip", "application/x-ndjson")]
    [InlineData("/api/points/query?plane=time-value", null, "application/x-ndjson")]
    [InlineData("/get_points", null, "application/x-ndjson")]
    public async Task Read_ReaderGoesAwayInAnyForm_LeavesNoScan(string path, string? encoding, string accept)
    {
        var scanning = new TaskCompletionSource();
        var store = new MemoryPointStore
        {
            BlockSize = 1000,
            BetweenBlocks = async token =>
            {
                scanning.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var app = await StartWithPointsAsync(store, 3000);
        using var request = new HttpRequestMessage(path.Contains("query", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        if (request.Method == HttpMethod.Post) request.Content = new StringContent("""{"type":"Polygon","coordinates":[[[-1e15,-1e15],[1e15,-1e15],[1e15,1e15],[-1e15,1e15]]]}""", Encoding.UTF8, "application/geo+json");
        using var gone = new CancellationTokenSource();
        var reading = app.Client.SendAsync(request, gone.Token);
        await scanning.Task.WaitAsync(s_patience);
        Assert.Equal(1, store.OpenScans);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        await Wait.UntilAsync(() => store.OpenScans == 0, "the scan had ended");
    }

    [Fact]
    public async Task Read_SlowReader_HoldsTheScanBack()
    {
        var blocks = 0;
        var store = new MemoryPointStore
        {
            BlockSize = 1000,
            BetweenBlocks = _ =>
            {
                Interlocked.Increment(ref blocks);
                return Task.CompletedTask;
            },
        };
        await using var app = await StartWithPointsAsync(store, 300_000);

        using var answer = await app.Client.GetAsync(new Uri("/api/points", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var chunk = new byte[1024];
        Assert.True(await body.ReadAsync(chunk).AsTask().WaitAsync(s_patience) > 0);

        // 300,000 rows are 25 MB, and no pair of socket buffers holds that many: the scan waits for the reader.
        Assert.True(Volatile.Read(ref blocks) < 299, "the scan ran ahead of its reader");
        using var rest = new StreamReader(body);
        var lines = 0;
        while (await rest.ReadLineAsync().WaitAsync(s_patience) is not null) lines++;
        Assert.InRange(lines, 299_980, 300_000);
    }

    [Fact]
    public async Task Read_TenAtOnce_AreAllWhole()
    {
        var store = new MemoryPointStore();
        await using var app = await StartWithPointsAsync(store, 20_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => app.Client.GetStringAsync(new Uri("/api/points?fields=id", UriKind.Relative))));

        var expected = string.Concat(Enumerable.Range(1, 20_000).Select(static id => $"{{\"id\":{id}}}\n"));
        Assert.All(answers, answer => Assert.Equal(expected, answer));
        Assert.Equal(0, store.OpenScans);
    }

    [Fact]
    public async Task Read_ScanFailsMidway_CutsTheAnswer()
    {
        var store = new MemoryPointStore { BlockSize = 10, BetweenBlocks = static _ => throw new IOException("torn") };
        await using var app = await StartWithPointsAsync(store, 30);

        // A reader must be able to tell half an answer from a whole one.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.Client.GetStringAsync(new Uri("/api/points", UriKind.Relative)));
    }

    [Fact]
    public async Task Read_StoreNotOpen_SaysSo()
    {
        var store = new MemoryPointStore();
        await using var app = await StartWithPointsAsync(store, 1);
        store.Status = store.Status with { State = StoreState.Opening };

        using var answer = await app.Client.GetAsync(new Uri("/api/points", UriKind.Relative));

        await ProblemAssert.IsAsync(answer, System.Net.HttpStatusCode.ServiceUnavailable, "store_opening");
    }

    [Fact]
    public async Task Read_LongestNames_FitTheBuffer()
    {
        var store = new MemoryPointStore();
        await using var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        var limits = app.Services.GetRequiredService<Limits>();
        var tags = Enumerable.Range(0, limits.MaxTags)
            .Select(i => KeyValuePair.Create($"{i:00}{new string('<', limits.MaxNameBytes - 2)}", new string('&', limits.MaxNameBytes)));
        Assert.True(app.Services.GetRequiredService<SeriesCatalog>().TryIntern(new SeriesKey(new string('>', limits.MaxNameBytes), tags), out var series));
        for (var i = 0; i < 5; i++) store.Add(series, 1, -double.MaxValue, -double.MaxValue, -double.MaxValue);

        var lines = (await app.Client.GetStringAsync(new Uri("/api/points", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, lines.Length);
        Assert.All(lines, static line => Assert.True(Encoding.UTF8.GetByteCount(line) < LiveDash.Web.Api.Reading.PointWriter.MaxRow));
    }

    private static async Task<LiveApp> StartWithPointsAsync(MemoryPointStore store, int count)
    {
        var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        Assert.True(app.Services.GetRequiredService<SeriesCatalog>().TryIntern(new SeriesKey("coords"), out var series));
        for (var i = 0; i < count; i++) store.Add(series, PointReadFixture.Start.Ticks + i, i * 0.25, i, -i);
        return app;
    }
}
