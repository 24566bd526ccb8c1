using Apache.Arrow;
using Apache.Arrow.Ipc;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Web.Api;

/// <summary>The Arrow stream as Arrow's own reader sees it.</summary>
public sealed class ArrowTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly HttpClient _client = fixture.App.Client;

    [Fact]
    public async Task Get_ByAccept_IsReadByArrow()
    {
        var lines = Enumerable.Range(0, 10_000).Select(static i =>
            $$"""{"series":"arrow.s","tags":{"n":"{{i % 3}}"},"t":{{1764000000000 + i}},"value":{{i}}.5{{(i % 2 == 0 ? $",\"pt\":[{i},2]" : "")}}}""");
        using var posted = await _client.PostAsync("/api/points", new StringContent(string.Join('\n', lines)));
        Assert.True(posted.IsSuccessStatusCode);
        var rows = await ReadAsync("/api/points?series=arrow.s%7Bn=*%7D", "id,t,value,x,y,series");
        Assert.Equal(10_000, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (time, value, x, series) = rows[i];
            Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1764000000000 + i), i + 0.5, i % 2 == 0 ? i : (double?)null, $"arrow.s{{n={i % 3}}}"), (time, value, x, series));
        }
    }

    [Fact]
    public async Task Get_NothingThere_IsAnEmptyStreamWithItsSchema() => Assert.Empty(await ReadAsync("/api/points?series=arrow.none%7Bn=*%7D", "id,t,value,x,y,series"));

    [Fact]
    public async Task Query_ByAccept_IsReadByArrow()
    {
        using var posted = await _client.PostAsync("/api/points", new StringContent("{\"series\":\"arrow.q\",\"value\":7,\"t\":1764000000000,\"pt\":[1,1]}\n{\"series\":\"arrow.q\",\"value\":8,\"pt\":[9,9]}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/points/query?series=arrow.q")
        {
            Content = new StringContent("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}},{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,0],[3,0],[3,2],[1,2],[1,0]]]}}]}", System.Text.Encoding.UTF8, "application/json"),
        };
        Assert.Equal([7d], (await ReadAsync(request, null)).Select(static row => row.Value));
    }

    [Fact]
    public async Task Execute_ForAPlotWorker_ReadsOnTheThreadThatGivesWay()
    {
        using var behind = new WorkerScheduler();
        using var body = new MemoryStream();
        var catalog = new SeriesCatalog(new Limits());
        catalog.TryIntern(new SeriesKey("a"), out var number);
        var threads = new List<string?>();
        var context = new DefaultHttpContext { Response = { Body = body } };

        await new ArrowStream(catalog, [PointField.T, PointField.Value], [number], BlocksAsync(), behind).ExecuteAsync(context);

        Assert.Equal(3, threads.Count);
        Assert.All(threads, static name => Assert.Equal("points for plots", name));
        body.Position = 0;
        using var reader = new ArrowStreamReader(body);
        for (var i = 0; i < 3; i++) Assert.Equal(i, ((DoubleArray)(await reader.ReadNextRecordBatchAsync()).Column("value")).GetValue(0));
        Assert.Null(await reader.ReadNextRecordBatchAsync());

        async IAsyncEnumerable<PointBlock> BlocksAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.CompletedTask;
                threads.Add(Thread.CurrentThread.Name);
                yield return new PointBlock { Ids = new long[] { i }, Series = new[] { number }, Times = new[] { DateTime.UnixEpoch.Ticks + i }, Values = new double[] { i } };
            }
        }
    }

    private Task<List<(DateTimeOffset? Time, double? Value, double? X, string Series)>> ReadAsync(string address, string names) =>
        ReadAsync(new HttpRequestMessage(HttpMethod.Get, address), names);

    private async Task<List<(DateTimeOffset? Time, double? Value, double? X, string Series)>> ReadAsync(HttpRequestMessage request, string? names)
    {
        request.Headers.Accept.ParseAdd("application/vnd.apache.arrow.stream");
        using var response = await _client.SendAsync(request);
        Assert.Equal("application/vnd.apache.arrow.stream", response.Content.Headers.ContentType?.ToString());
        using var reader = new ArrowStreamReader(await response.Content.ReadAsStreamAsync());
        var rows = new List<(DateTimeOffset?, double?, double?, string)>();
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            using (batch)
            {
                var (times, values, x) = ((TimestampArray)batch.Column("t"), (DoubleArray)batch.Column("value"), (DoubleArray)batch.Column("x"));
                var series = (DictionaryArray)batch.Column("series");
                for (var i = 0; i < batch.Length; i++)
                {
                    rows.Add((times.GetTimestamp(i), values.GetValue(i), x.GetValue(i), ((StringArray)series.Dictionary).GetString(((Int32Array)series.Indices).GetValue(i)!.Value)));
                }
            }
        }

        if (names is not null) Assert.Equal(names, string.Join(',', (await SchemaAsync(reader)).FieldsList.Select(static field => field.Name)));
        return rows;
    }

    private static Task<Schema> SchemaAsync(ArrowStreamReader reader) => Task.FromResult(reader.Schema);
}
